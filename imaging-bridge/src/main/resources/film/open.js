// Takes the secret out of the address and gives it, with the second factor, for a cookie and for what the link shows. Plain ES5: old phones
// run it.
(function () {
  var words = JSON.parse(document.getElementById('words').textContent);
  var secret = location.hash.slice(1);
  var state = document.getElementById('state');
  var form = document.getElementById('form');
  var label = document.getElementById('label');
  var input = document.getElementById('factor');
  var wrong = document.getElementById('wrong');
  function say(text) { form.hidden = true; state.hidden = false; state.textContent = text; }
  function ask(body) {
    state.hidden = true; form.hidden = false;
    label.textContent = body.factor === 'CODE' ? words.code : words.idLastFour;
    input.maxLength = body.factor === 'CODE' ? 6 : 4;
    input.inputMode = body.factor === 'CODE' ? 'numeric' : 'text';
    wrong.textContent = body.left === null || body.left === undefined ? '' : words.wrong + body.left;
    input.value = ''; input.focus();
  }
  function open(factor) {
    var request = new XMLHttpRequest();
    request.open('POST', location.pathname.replace(/\/$/, '') + '/session' + location.search);
    request.setRequestHeader('Content-Type', 'application/json');
    request.setRequestHeader('Accept', 'text/html');
    request.onload = function () {
      switch (request.status) {
        case 200: document.getElementById('main').innerHTML = request.responseText; break;
        case 401: ask(JSON.parse(request.responseText)); break;
        case 410: say(words.ended); break;
        case 423: say(words.locked); break;
        case 429: say(words.slow); break;
        default: say(words.unknown);
      }
    };
    request.onerror = function () { say(words.offline); };
    request.send(JSON.stringify({ secret: secret, factor: factor }));
  }
  form.addEventListener('submit', function (event) { event.preventDefault(); open(input.value); });
  if (!secret) { say(words.again); return; }
  // The secret stays in memory only: not in the history, and not in what is shared of the address.
  history.replaceState(null, '', location.pathname + location.search);
  open('');
})();
