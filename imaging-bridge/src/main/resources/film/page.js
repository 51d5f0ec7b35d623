// By delegation: what a link shows may come after this has run.
document.addEventListener('click', function (event) {
  var clicked = event.target;
  if (clicked.id === 'print') {
    window.print();
  } else if (clicked.id === 'ask') {
    var request = new XMLHttpRequest();
    request.open('POST', location.pathname.replace(/\/$/, '') + '/originals');
    request.onload = function () {
      if (request.status === 204) { clicked.disabled = true; clicked.textContent = clicked.getAttribute('data-asked'); }
    };
    request.send();
  }
});
