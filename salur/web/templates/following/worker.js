// Shows what is sent to this phone, and opens Salur when it is pressed. Between pages and network it does not stand, and it
// keeps nothing.
(() => {
  "use strict";
  const PAGE = "/kabar/hp/buka";
  const looks = { icon: {{ mark|tojson }}, badge: {{ badge|tojson }} };
  const general = (body) => ({ title: "Salur", body, lang: {{ say.code|tojson }}, tag: "salur", follow: "", actions: [] });

  const read = (data) => {
    try {
      const told = data.json();
      const whole = [told.title, told.body, told.tag].every((text) => text && typeof text === "string");
      if (whole && Array.isArray(told.actions)) return told;
    } catch {
      // not ours, or not to be opened
    }
    return general({{ words.lookup.phones.something_new(say)|tojson }});
  };

  const show = ({ title, body, lang, tag, follow, actions }) =>
    self.registration.showNotification(title, {
      ...looks,
      body,
      lang,
      tag, // the same once more takes the place of the first, and is not heard
      renotify: false,
      data: { follow, refs: actions.map(({ ref }) => ref) },
      actions: actions.map(({ ref, title }) => ({ action: ref, title })), // Firefox has no buttons
    });

  self.addEventListener("install", () => self.skipWaiting());

  self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));

  self.addEventListener("notificationclick", (event) => {
    const { follow, refs } = event.notification.data;
    event.notification.close();
    const about = event.action ? `:${event.action}` : refs.map((ref) => `~${ref}`).join("");
    event.waitUntil(self.clients.openWindow(about ? `${PAGE}#${follow}${about}` : PAGE));
  });
})();
