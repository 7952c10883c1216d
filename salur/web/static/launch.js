// Hands on what Telegram put into the address behind the #, which no server sees, and takes it out of the address.
(() => {
  "use strict";
  const form = document.getElementById("buka");
  const data = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData");
  if (!form || !data) return;
  history.replaceState(null, "", location.pathname);
  document.getElementById("biasa").hidden = true;
  document.getElementById("sebentar").hidden = false;
  form.elements.data.value = data;
  form.submit();
})();
