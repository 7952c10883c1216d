// Reads the answer aloud, slowly, with an Indonesian voice of the phone itself. Without one there is no button.
(() => {
  "use strict";
  const button = document.getElementById("dengarkan");
  const speech = window.speechSynthesis;
  if (!button || !speech || !window.SpeechSynthesisUtterance) return;
  const lines = button.dataset.lisan.split("\n");
  const label = button.querySelector("span");
  let turn = 0; // which reading this is: what a stopped one still reports is not heard
  let queue = []; // some browsers drop utterances that nobody holds

  // A voice in the cloud would send the answer there. `in` is how old phones write `id`.
  const voice = () =>
    speech.getVoices().find((v) => /^(id|in)([-_]|$)/i.test(v.lang) && v.localService !== false);

  const stop = (words) => {
    turn += 1;
    queue = [];
    speech.cancel();
    label.textContent = words;
  };

  const read = () => {
    const chosen = voice();
    const mine = (turn += 1);
    speech.cancel();
    queue = lines.map((line) => {
      const said = new SpeechSynthesisUtterance(line);
      said.voice = chosen;
      said.lang = "id-ID";
      said.rate = 0.8;
      said.onerror = () => mine === turn && stop(button.dataset.lagi);
      return said;
    });
    queue[queue.length - 1].onend = () => mine === turn && stop(button.dataset.lagi);
    queue.forEach((said) => speech.speak(said));
    label.textContent = button.dataset.berhenti;
  };

  const offer = () => {
    if (voice()) button.parentElement.hidden = false;
  };

  button.addEventListener("click", () => (queue.length ? stop(button.dataset.lagi) : read()));
  addEventListener("pagehide", () => queue.length && stop(button.dataset.lagi));
  speech.addEventListener?.("voiceschanged", offer);
  setTimeout(offer, 1000); // some phones load their voices without saying so
  offer();
})();
