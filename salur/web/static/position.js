// Fills in where the phone is, when asked to. Without a script, or without a position, it is typed or pasted.
(() => {
  "use strict";
  const button = document.getElementById("posisi");
  const field = document.getElementById("position");
  const told = document.getElementById("posisi-hasil");
  if (!button || !field || !told || !navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    told.textContent = button.dataset.mencari;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
        told.textContent = button.dataset.ketemu.replace("{meter}", String(Math.round(coords.accuracy)));
      },
      () => {
        told.textContent = button.dataset.gagal;
      },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
    );
  });
})();
