// Saves answers as they are chosen, and keeps those that cannot be sent until they can.
//
// Everything works without this file: the forms are plain forms. The outbox holds what stands in the
// fields of an item and a sequence number, never a name or a key. ES2015 only, because the oldest
// browsers in schools stop there.
(function begin() {
  'use strict';

  // Whichever comes first, this or the page: waiting for each other would make one long task of both.
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', begin);
    return;
  }

  var body = document.body;
  var session = body.getAttribute('data-session');
  var status = document.getElementById('save');
  var outboxName = 'bianque.outbox.' + session;
  var sequenceName = 'bianque.sequence.' + session;
  var canSave = Boolean(window.fetch && Element.prototype.closest);
  var canReplace = Boolean(canSave && window.DOMParser && window.URLSearchParams && window.FormData &&
    FormData.prototype.forEach && window.history.pushState);
  var memory = {};
  // The sequence of the last answer that was given to each item here, on this page or one before that
  // it took the place of.
  var latest = {};
  var sending = false;
  var posting = false;
  // Whether the page shows an answer that is not the one that stands.
  var isStale = false;
  var leaving = false;
  var timer = 0;
  var delay = 2;
  var attempt = 0;
  // The button that sends a form, and the address of what is shown.
  var pressed = null;
  var shown = location.pathname;

  // Private windows refuse storage; then the page remembers for as long as it is open. What storage
  // has taken is read from there alone: another tab may have sent it since.
  function read(name) {
    if (name in memory) { return memory[name]; }
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch (error) {
      return null;
    }
  }

  function write(name, value) {
    try {
      localStorage.setItem(name, JSON.stringify(value));
      delete memory[name];
    } catch (error) {
      memory[name] = value;
    }
  }

  function erase(name) {
    delete memory[name];
    try {
      localStorage.removeItem(name);
    } catch (error) { /* Nothing was stored. */ }
  }

  function outbox() {
    var entries = read(outboxName);
    return Array.isArray(entries) ? entries : [];
  }

  // The sequence only grows, whichever of server, storage and form has seen most.
  function lastSequence() {
    return Math.max(Number(body.getAttribute('data-sequence')) || 0, Number(read(sequenceName)) || 0);
  }

  function nextSequence() {
    var next = lastSequence() + 1;
    write(sequenceName, next);
    return next;
  }

  function show(id, visible) {
    var element = document.getElementById(id);
    if (element) { element.hidden = !visible; }
  }

  function say(state) {
    var kept = ['offline', 'waiting', 'refused', 'expired'].indexOf(state) >= 0;
    show('save-offline', state === 'offline');
    show('save-expired', state === 'expired');
    if (state === 'refused') { show('save-refused', true); }
    if (!status) { return; }
    var text = status.getAttribute('data-' + state) || '';
    // Said once: a screen reader would otherwise repeat it with every retry.
    if (status.textContent !== text) { status.textContent = text; }
    status.className = 'save' + (state === 'saved' ? ' is-saved' : kept ? ' is-kept' : '');
  }

  // An answer to the same item that is older than a new one is not worth sending any more.
  function put(entry) {
    var rest = outbox().filter(function (other) { return other.item !== entry.item; });
    write(outboxName, rest.concat([entry]));
  }

  function remove(entry) {
    var rest = outbox().filter(function (other) { return other.sequence !== entry.sequence; });
    if (rest.length) { write(outboxName, rest); } else { erase(outboxName); }
  }

  function each(list, act) { Array.prototype.forEach.call(list, act); }

  function isTick(input) { return input.type === 'radio' || input.type === 'checkbox'; }

  // 我不确定 where it is a box of its own.
  function unsureBox(item) { return item.querySelector('input[type=checkbox][value=unsure]'); }

  // The controls of an item, those of one field together, in the order of the page.
  function fields(item) {
    var names = [];
    var found = [];
    each(item.querySelectorAll('input, select'), function (input) {
      if (input === unsureBox(item)) { return; }
      var place = names.indexOf(input.name);
      if (place < 0) {
        place = names.push(input.name) - 1;
        found.push([]);
      }
      found[place].push(input);
    });
    return found;
  }

  // What stands in the fields of an item, as the server writes it too: fields parted by |.
  function state(item) {
    var box = unsureBox(item);
    if (box && box.checked) { return 'unsure'; }
    var text = fields(item).map(function (inputs) {
      return inputs.filter(function (input) { return isTick(input) ? input.checked : input.value; })
        .map(function (input) {
          return input.type === 'text' ? encodeURIComponent(input.value) : input.value;
        }).join('+');
    }).join('|');
    return text.replace(/\|/g, '') && text;
  }

  function fill(item, text) {
    var box = unsureBox(item);
    var isUnsure = box && text === 'unsure';
    var parts = isUnsure ? [] : text.split('|');
    if (box) { box.checked = isUnsure; }
    fields(item).forEach(function (inputs, place) {
      var values = (parts[place] || '').split('+');
      inputs.forEach(function (input) {
        if (isTick(input)) { input.checked = values.indexOf(input.value) >= 0; }
        else { input.value = decodeURIComponent(parts[place] || ''); }
      });
    });
  }

  function withItem(id, act) {
    each(document.querySelectorAll('[data-item]'), function (item, place) {
      if (item.getAttribute('data-item') === id) { act(item, place); }
    });
  }

  // The form tells what it showed, so that only what is answered on this page counts as its doing.
  // What has been saved from here is as if the page had shown it.
  function note(entry) {
    var base = document.querySelector('input[name=base]');
    if (!base) { return; }
    var values = base.value.split(',');
    withItem(entry.item, function (item, place) { values[place] = entry.state; });
    base.value = values.join(',');
  }

  function isHere(id) {
    var found = false;
    withItem(id, function () { found = true; });
    return found;
  }

  // What an item still lacks, in the server's words, beside the item.
  function tell(id, text) {
    withItem(id, function (item) {
      var line = item.querySelector('.error');
      line.textContent = text;
      line.className = 'error' + (text ? ' is-pending' : '');
    });
  }

  function again() {
    sending = false;
    attempt += 1;
    say(navigator.onLine === false ? 'offline' : 'waiting');
    clearTimeout(timer);
    timer = setTimeout(send, delay * 1000);
    delay = Math.min(delay * 2, 60);
  }

  function send() {
    var entry = outbox().filter(function (one) { return !one.held; })[0];
    if (sending || !entry) { return; }
    sending = true;
    clearTimeout(timer);
    say('saving');
    // A line that swallows requests answers nothing at all; sending twice does no harm.
    var turn = attempt += 1;
    var sent = Date.now();
    timer = setTimeout(function () { if (turn === attempt) { again(); } }, 20000);
    fetch('/api/v1/sessions/' + encodeURIComponent(entry.session) + '/responses/' +
      encodeURIComponent(entry.item), {
      method: 'PUT',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'bianque' },
      body: JSON.stringify({ fields: entry.state, sequence: entry.sequence })
    }).then(function (answer) {
      if (answer.status === 401) { return expire(turn); }
      var refused = [400, 403, 404, 409, 410, 422, 429].indexOf(answer.status) >= 0;
      if (!answer.ok && !refused) { throw new Error('not saved'); }
      // The form that closed a stage carried its answers: one that comes late is no loss.
      if (answer.status === 409 && !isHere(entry.item)) { refused = false; }
      return answer.json().then(function (told) { settle(entry, told, refused, turn, sent); });
    }).catch(function () { if (turn === attempt) { again(); } });
  }

  // Whoever has to sign in again loses nothing: it is sent when the stage is opened again.
  function expire(turn) {
    if (turn !== attempt) { return; }
    clearTimeout(timer);
    sending = false;
    leaving = true;
    say('expired');
  }

  function settle(entry, told, refused, turn, sent) {
    remove(entry);
    var isHeld = refused && /answer-incomplete$/.test(told.type);
    if (isHeld) {
      refused = false;
      // Half an order is no answer yet: it stays here until it is one.
      if (!outbox().some(function (other) { return other.item === entry.item; })) {
        entry.held = true;
        put(entry);
        tell(entry.item, told.detail);
      }
    } else if (told.superseded && latest[entry.item] > entry.sequence) {
      // This page has answered the item again since, and sends that.
      tell(entry.item, '');
    } else if (told.superseded && told.ago * 1000 < sent - entry.at) {
      // Another tab or device has answered this item after this choice was made: that one stands.
      isStale = isStale || isHere(entry.item);
    } else if (told.superseded) {
      // Another device has answered this item with such a number; this answer comes later.
      write(sequenceName, told.saved);
      latest[entry.item] = entry.sequence = nextSequence();
      put(entry);
    } else if (!refused) {
      note(entry);
      tell(entry.item, '');
    }
    if (turn !== attempt) { return; }
    clearTimeout(timer);
    sending = false;
    delay = 2;
    if (refused) { say('refused'); } else {
      var left = outbox();
      if (isStale && !left.length) {
        leaving = true;
        location.reload();
        return;
      }
      if (left.every(function (one) { return one.held; })) { say(left.length ? 'held' : 'saved'); }
    }
    send();
  }

  function choose(event) {
    var input = event.target;
    var item = input.name && input.closest('[data-item]');
    if (!item) { return; }
    // Either an answer or 我不确定, whichever came last.
    var box = unsureBox(item);
    if (input === box) { if (box.checked) { fill(item, 'unsure'); } } else if (box) { box.checked = false; }
    var name = item.getAttribute('data-item');
    latest[name] = nextSequence();
    put({ session: session, item: name, sequence: latest[name], at: Date.now(), state: state(item) });
    send();
  }

  // What could not be sent before the page was reloaded stands on the page again.
  function restore() {
    var entries = outbox().filter(function (entry) {
      withItem(entry.item, function (item) { fill(item, entry.state); });
      // The stage of what was held may be over: then it is nothing any more.
      if (entry.held && document.querySelector('[data-item]') && !isHere(entry.item)) { return false; }
      entry.held = false;
      return true;
    });
    if (entries.length) { write(outboxName, entries); } else { erase(outboxName); }
  }

  function carry(form, name, value) {
    var input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.appendChild(input);
  }

  function reveal(id) {
    show(id, true);
    var help = document.getElementById(id);
    if (help && help.scrollIntoView) { help.scrollIntoView(); }
  }

  function submit(event) {
    var form = event.target;
    // Without a line the browser would put its own error page in place of this one.
    if (session && navigator.onLine === false) {
      event.preventDefault();
      say('offline');
      reveal('save-offline');
      return;
    }
    if (posting) {
      event.preventDefault();
      return;
    }
    var sequence = form.querySelector('input[name=sequence]');
    if (sequence && session) { sequence.value = nextSequence(); }
    if (form.hasAttribute('data-direct') && !form.querySelector('input[name=direct]')) {
      carry(form, 'direct', '1');
    }
    var button = pressed && form.contains(pressed) ? pressed : null;
    if (!session || !canReplace || !form.hasAttribute('data-direct')) {
      leaving = true;
      return;
    }
    event.preventDefault();
    post(form, button && button.name ? button : null);
  }

  // Sends the form and puts the page that answers in place of this one: style and script are here
  // already, and where the line fails the answers stay in sight. Whatever is no page of this session
  // the browser fetches by itself.
  function post(form, button) {
    var data = new URLSearchParams();
    var over = false;
    function end() {
      if (over) { return false; }
      over = true;
      posting = false;
      clearTimeout(wait);
      body.removeAttribute('aria-busy');
      return true;
    }
    function fail() { if (end()) { reveal('save-unsent'); } }
    var wait = setTimeout(fail, 30000);
    new FormData(form).forEach(function (value, name) { data.append(name, value); });
    if (button) { data.append(button.name, button.value); }
    posting = true;
    show('save-unsent', false);
    body.setAttribute('aria-busy', 'true');
    fetch(form.action, {
      method: 'POST', credentials: 'same-origin', headers: { 'X-Requested-With': 'bianque' }, body: data
    }).then(function (answer) {
      return answer.status === 200 ? answer.text() : '';
    }).then(function (text) {
      if (!end()) { return; }
      var page = new DOMParser().parseFromString(text, 'text/html');
      if (page.body.getAttribute('data-session') === session) {
        // A page of a newer release comes with files of its own.
        if (files(page) === files(document)) {
          // Read, shown and spoken in turns of their own: a slow phone answers a touch in between.
          posting = true;
          setTimeout(function () { replace(page); }, 0);
        } else {
          leaving = true;
          location.assign(page.body.getAttribute('data-url'));
        }
        return;
      }
      if (button) { carry(form, button.name, button.value); }
      leaving = true;
      HTMLFormElement.prototype.submit.call(form);
    }).catch(fail);
  }

  function files(page) {
    var found = [];
    each(page.querySelectorAll('link[rel=stylesheet], script'), function (element) {
      found.push(element.getAttribute('href') || element.getAttribute('src'));
    });
    return found.join(' ');
  }

  function replace(page) {
    each(page.querySelectorAll('noscript'), function (element) {
      element.parentNode.removeChild(element);
    });
    each(page.querySelectorAll('.group ~ .group > *, .item ~ .item'), function (element) {
      element.classList.add('is-far');
    });
    posting = false;
    // Before the page is another: it has been laid out, and the new one would have to be.
    window.scrollTo(0, 0);
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.documentElement.replaceChild(page.body, document.body);
    arrive('pushState');
    window.requestAnimationFrame(function () {
      setTimeout(announce, 0);
      setTimeout(approach, 60);
    });
  }

  // Whoever listens to a page hears where they are now.
  function announce() {
    var heading = document.querySelector('h1');
    if (!heading || document.getElementById('errors')) { return; }
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  function guard(event) {
    if (leaving || !outbox().length) { return undefined; }
    event.preventDefault();
    event.returnValue = (status && status.getAttribute('data-leave')) || '';
    return event.returnValue;
  }

  function printPage() {
    each(document.querySelectorAll('.print-open'), function (details) {
      details.open = true;
    });
    window.print();
  }

  // A slow phone lays out the first item, then each other in a turn of its own.
  function approach() {
    var item = document.querySelector('.is-far');
    if (!item) { return; }
    item.classList.remove('is-far');
    setTimeout(approach, 30);
  }

  // What a page needs once it is shown, however it came.
  function arrive(change) {
    body = document.body;
    status = document.getElementById('save');
    // A page that answers a form directly gets its own address, so that reloading asks for it.
    var address = body.getAttribute('data-url');
    if (address && window.history[change]) {
      window.history[address === location.pathname ? 'replaceState' : change](
        null, '', address + (change === 'pushState' ? '' : location.hash));
    }
    shown = location.pathname;
    each(document.querySelectorAll('[data-print]'), function (button) {
      button.hidden = false;
      button.addEventListener('click', printPage);
    });
    var errors = document.getElementById('errors');
    if (errors) { errors.focus(); }
    if (!session) { return; }
    if (body.hasAttribute('data-clear')) {
      erase(outboxName);
      erase(sequenceName);
      return;
    }
    if (!canSave) { return; }
    restore();
    say('idle');
    if (navigator.onLine === false) { say('offline'); }
    send();
  }

  arrive('replaceState');
  document.addEventListener('submit', submit);
  document.addEventListener('click', function (event) {
    pressed = event.target.closest ? event.target.closest('button') : null;
  });
  window.addEventListener('pageshow', function () { leaving = false; });
  // Back to a page that another one has replaced.
  window.addEventListener('popstate', function () {
    if (location.pathname !== shown) { location.reload(); }
  });
  if (session && canSave) {
    document.addEventListener('change', choose);
    window.addEventListener('online', function () { delay = 2; send(); });
    window.addEventListener('offline', function () { say('offline'); });
    window.addEventListener('beforeunload', guard);
  }
}());
