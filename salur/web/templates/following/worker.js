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

  // The browser gives the phone another address: what went to the old one goes to the new. Who knows the old one is known.
  const move = async ({ oldSubscription, newSubscription }) => {
    const options = { userVisibleOnly: true, applicationServerKey: {{ key|tojson }} };
    const to = newSubscription ?? (await self.registration.pushManager.subscribe(options));
    const page = await (await fetch(PAGE)).text();
    const body = new URLSearchParams({
      csrf_token: /name="csrf_token" value="([^"]+)"/.exec(page)[1],
      langganan: JSON.stringify(oldSubscription),
      baru: JSON.stringify(to),
    });
    if (!(await fetch({{ moving|tojson }}, { method: "POST", body })).ok) throw new Error("not taken");
  };

  self.addEventListener("pushsubscriptionchange", (event) =>
    event.waitUntil(move(event).catch(() => show(general({{ words.lookup.phones.ended_by_itself(say)|tojson }})))),
  );

  self.addEventListener("install", () => self.skipWaiting());

  self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));

  self.addEventListener("notificationclick", (event) => {
    const { follow, refs } = event.notification.data;
    event.notification.close();
    const about = event.action ? `:${event.action}` : refs.map((ref) => `~${ref}`).join("");
    event.waitUntil(self.clients.openWindow(about ? `${PAGE}#${follow}${about}` : PAGE));
  });
})();
