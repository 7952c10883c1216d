// Word on this phone: asks for leave when its owner presses, hands the browser's subscription to the forms that need it, and
// ends it. What it says stands in the page, in the page's language.
(() => {
  "use strict";
  const WORKER = "/kabar-pekerja.js", SCOPE = "/kabar";
  const PATIENCE = 30000; // milliseconds that the browser's maker may take
  const find = (id) => document.getElementById(id);
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  const { standalone } = navigator; // of iPhones and iPads: whether their home screen opened it

  const subscription = async () => {
    const registration = able && (await navigator.serviceWorker.getRegistration(SCOPE));
    return registration ? registration.pushManager.getSubscription() : null;
  };

  const fill = (form, subscribed) => {
    form.elements.langganan.value = JSON.stringify(subscribed);
  };

  const written = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");

  const within = (promise, milliseconds) =>
    Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error("late")), milliseconds))]);

  const subscribe = async (key) => {
    await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    const { pushManager } = await navigator.serviceWorker.ready;
    const before = await pushManager.getSubscription();
    if (before && written(before.options.applicationServerKey) !== key) await before.unsubscribe();
    return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  };

  const blocked = standalone ? "blokirIphone" : "blokir"; // there is no address to press beside

  // Which of the page's sentences says why it did not work.
  const why = (error) => {
    if (error.name === "NotAllowedError") return blocked;
    return error.name === "TypeError" || !navigator.onLine ? "jaringan" : "layanan";
  };

  const offer = (form) => {
    const told = find("hasil"), button = form.querySelector("button");
    const say = (what) => {
      told.textContent = form.dataset[what];
      told.classList.toggle("changed", what !== "tanya" && what !== "sebentar");
    };
    const begin = async () => {
      say(Notification.permission === "default" ? "tanya" : "sebentar");
      const leave = await Notification.requestPermission();
      if (leave !== "granted") return say(leave === "denied" ? blocked : "tolak");
      say("sebentar");
      fill(form, await within(subscribe(form.dataset.kunci), PATIENCE));
      form.submit();
    };
    if (Notification.permission === "denied") say(blocked);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (button.disabled) return;
      button.disabled = true;
      begin()
        .catch((error) => say(why(error)))
        .finally(() => (button.disabled = false));
    });
  };

  // Of all that the page says to phones of a kind, what holds for this one.
  const show = (id) => {
    find("mula").hidden = true;
    find(id).hidden = false;
  };

  // Of how much this phone is told, and the way to end it: for a browser that has a subscription.
  const count = async (form) => {
    const subscribed = await subscription();
    if (!subscribed) return;
    fill(form, subscribed);
    const answer = await fetch(form.dataset.hitung, { method: "POST", body: new FormData(form) });
    if (!answer.ok) return;
    const { told, any } = await answer.json();
    find("dikabari").textContent = told;
    form.parentElement.hidden = false;
    form.hidden = !any;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Whatever the browser says: what the server knows of it is what counts.
      subscribed
        .unsubscribe()
        .catch(() => {})
        .finally(() => form.submit());
    });
  };

  // A notification opened the page: its button (:), or all that may be said against it (~), stands behind the #, which no
  // server sees.
  const contest = async (form) => {
    const [, follow, how, refs] = /^#(\d{1,19})([:~])([0-9a-f~]{1,500})$/.exec(location.hash) ?? [];
    if (!follow) return;
    history.replaceState(null, "", location.pathname);
    const subscribed = await subscription();
    if (!subscribed) {
      find("berubah").hidden = how !== ":";
      return;
    }
    find("sebentar").hidden = false;
    fill(form, subscribed);
    form.elements.kabar.value = follow;
    form.elements.tentang.value = refs;
    form.elements.lihat.value = how === ":" ? "" : "1";
    form.submit();
  };

  const ending = find("akhiri"), offered = find("kabari"), about = find("tentang");
  if (about) contest(about).catch(() => {});
  if (!able && standalone === false && find("iphone")) show("iphone");
  else if (offered) show(able ? "bisa" : "tidak-bisa");
  if (able && offered) offer(offered);
  if (ending) count(ending).catch(() => {});
})();
