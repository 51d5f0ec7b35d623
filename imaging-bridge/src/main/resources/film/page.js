(function () {
  document.getElementById('print').addEventListener('click', function () { window.print(); });
  var ask = document.getElementById('ask');
  if (ask) {
    ask.addEventListener('click', function () {
      var request = new XMLHttpRequest();
      request.open('POST', location.pathname.replace(/\/$/, '') + '/originals');
      request.onload = function () {
        if (request.status === 204) { ask.disabled = true; ask.textContent = ask.getAttribute('data-asked'); }
      };
      request.send();
    });
  }
})();
