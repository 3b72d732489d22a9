// Fills the activation form from the QR code. What stands behind the # never reaches a server by
// itself; it is taken out of the address so that it stays in no history.
(function () {
  'use strict';
  var parts = location.hash.slice(1).split('-');
  var school = document.getElementById('school');
  var code = document.getElementById('code');
  if (parts.length !== 2 || !school || !code) return;
  school.value = parts[0];
  code.value = parts[1];
  if (window.history && history.replaceState) history.replaceState(null, '', location.pathname);
})();
