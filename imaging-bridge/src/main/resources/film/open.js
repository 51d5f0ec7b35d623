// Opens a link: gives the secret, which stands behind the # of the address, and the second factor for a cookie and for what the link shows.
// It stands in front of the page, so that the answer is on its way while the browser is busy with the rest. Plain ES5: old phones run it.
(function () {
  var words = JSON.parse(document.getElementById('words').textContent);
  var secret = location.hash.slice(1);
  var root = document.documentElement;
  // Whether what is seen first has been put in, and is on the screen.
  var begun = false;
  var seen = false;

  function element(id) { return document.getElementById(id); }

  // The page that only waits is not drawn unless it waits long: slow phones take as long for that as for what is waited for.
  function reveal() { root.className = ''; }

  function say(text) {
    reveal();
    var state = element('state');
    if (begun) {
      // The rest did not come.
      state = element('main').appendChild(document.createElement('p'));
    } else {
      element('form').hidden = true;
      state.hidden = false;
    }
    state.textContent = text;
  }

  function ask(wanted) {
    var input = element('factor');
    var code = wanted.factor === 'CODE';
    reveal();
    element('state').hidden = true;
    element('form').hidden = false;
    element('label').textContent = code ? words.code : words.idLastFour;
    input.maxLength = code ? 6 : 4;
    input.inputMode = code ? 'numeric' : 'text';
    element('wrong').textContent = wanted.left === null || wanted.left === undefined ? '' : words.wrong + wanted.left;
    input.value = '';
    input.focus();
  }

  // What is seen first is put in before the answer is whole, once its image is ready, and is on the screen before the rest is laid out.
  function show(request) {
    var html = request.responseText;
    var rest = html.indexOf('<!--rest-->');
    if (rest >= 0 && !begun) {
      begun = true;
      var first = document.createElement('div');
      first.innerHTML = html.slice(0, rest);
      var image = first.querySelector('img');
      var put = function () {
        var main = element('main');
        main.textContent = '';
        main.appendChild(first);
        reveal();
        requestAnimationFrame(function () { setTimeout(function () { seen = true; answered(request); }, 0); });
      };
      if (image) { image.onload = image.onerror = put; } else { put(); }
    } else if (seen && request.readyState === 4) {
      element('main').insertAdjacentHTML('beforeend', html.slice(rest));
    }
  }

  // Called as an answer begins, goes on and ends.
  function answered(request) {
    // Its last element.
    if (!begun && !element('go')) {
      document.addEventListener('DOMContentLoaded', function () { answered(request); });
    } else if (request.status === 200) {
      show(request);
    } else if (request.readyState === 4) {
      switch (request.status) {
        case 0: say(words.offline); break;
        case 401: ask(JSON.parse(request.responseText)); break;
        case 410: say(words.ended); break;
        case 423: say(words.locked); break;
        case 429: say(words.slow); break;
        default: say(words.unknown);
      }
    }
  }

  function open(factor) {
    var request = new XMLHttpRequest();
    request.open('POST', location.pathname.replace(/\/$/, '') + '/session' + location.search);
    request.setRequestHeader('Content-Type', 'application/json');
    request.setRequestHeader('Accept', 'text/html');
    request.onreadystatechange = function () { if (request.readyState > 2) { answered(request); } };
    request.send(JSON.stringify({ secret: secret, factor: factor }));
  }

  document.addEventListener('submit', function (event) { event.preventDefault(); open(element('factor').value); });
  if (secret) {
    open('');
    root.className = 'opening';
    setTimeout(reveal, 500);
    // The secret stays in memory only: not in the history, and not in what is shared of the address.
    setTimeout(function () { history.replaceState(null, '', location.pathname + location.search); }, 0);
  } else {
    document.addEventListener('DOMContentLoaded', function () { say(words.again); });
  }
})();
