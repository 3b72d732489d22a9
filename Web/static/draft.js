// Keeps a draft while it is written, and shows what is to be looked at beside each field.
//
// Everything works without this file: the buttons keep the draft too. Never two sends at once, and
// after a conflict none: then a person decides. ES2015 only, as in the other scripts.
(function () {
  'use strict';
  var form = document.getElementById('draft');
  var state = document.getElementById('draft-state');
  if (!form || !state || !window.fetch || !window.DOMParser || !window.URLSearchParams) return;
  var quiet = 2500;
  var again = 15000;
  var timer = 0;
  var sending = false;
  var changed = false;
  var ended = false;

  function say(name) { state.textContent = form.getAttribute('data-' + name); }

  function body() {
    var fields = new URLSearchParams();
    Array.prototype.forEach.call(form.elements, function (field) {
      if (field.name && field.type !== 'submit') fields.append(field.name, field.value);
    });
    fields.append('then', 'autosave');
    return fields;
  }

  // Fields are left alone, or the caret would jump; only what is said about them is replaced.
  function show(text) {
    var page = new DOMParser().parseFromString(text, 'text/html');
    Array.prototype.forEach.call(document.querySelectorAll('[data-live]'), function (place) {
      var news = page.getElementById(place.id);
      if (!news || news.isEqualNode(place)) return;
      while (place.firstChild) place.removeChild(place.firstChild);
      while (news.firstChild) place.appendChild(document.adoptNode(news.firstChild));
    });
    var revision = page.querySelector('#draft [name=revision]');
    if (revision) form.elements.revision.value = revision.value;
  }

  function plan(delay) {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(send, delay);
  }

  function stop(name) {
    ended = true;
    say(name);
  }

  function send() {
    if (sending || ended) return;
    sending = true;
    changed = false;
    say('saving');
    fetch(form.action, { method: 'POST', body: body(), credentials: 'same-origin' })
      .then(function (reply) {
        if (reply.status === 409 || reply.status === 404) return stop('conflict');
        if (reply.status === 401 || reply.status === 403) return stop('expired');
        if (!reply.ok) throw new Error('not kept');
        return reply.text().then(show);
      })
      .catch(function () {
        changed = true;
        say('failed');
      })
      .then(function () {
        sending = false;
        if (changed) plan(state.textContent === form.getAttribute('data-failed') ? again : quiet);
      });
  }

  form.addEventListener('input', function () {
    changed = true;
    plan(quiet);
  });
  form.addEventListener('submit', function () {
    ended = true;
    clearTimeout(timer);
  });
  // Coming back by the browser's own way, the page is alive again.
  window.addEventListener('pageshow', function (event) { if (event.persisted) ended = false; });
})();
