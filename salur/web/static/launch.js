// Where Telegram opened the page: hands on what it put into the address behind the #, which no server sees, takes that out
// of the address, and has Telegram's own back button lead back. Everywhere else it does nothing: a link that somebody sends
// could hold what Telegram has signed for the sender, and whoever opens it would ask, and be told, in the sender's chat.
(() => {
  "use strict";
  const home = "/aman";
  const app = window.TelegramWebviewProxy;
  const form = document.getElementById("buka");
  const [data, more] = new URLSearchParams(location.hash.slice(1)).getAll("tgWebAppData");

  if (app) {
    const tell = (what, how) => app.postEvent(what, JSON.stringify(how));
    const heard = { receiveEvent: (what) => what === "back_button_pressed" && history.back() };
    window.Telegram = { WebView: heard }; // where phones call
    window.TelegramGameProxy = heard; // where computers call
    tell("web_app_expand", {});
    addEventListener("pageshow", () =>
      tell("web_app_setup_back_button", { is_visible: location.pathname !== home }),
    );
  }

  if (!form || !data) return;
  history.replaceState(null, "", home);
  if (!app || more) return;
  document.getElementById("biasa").hidden = true;
  document.getElementById("sebentar").hidden = false;
  form.elements.data.value = data;
  form.submit();
})();
