// A page that waits for letters asks now and then, and shows itself anew when there is something new to see.
"use strict";
const waiting = document.querySelector("[data-progress]");
async function ask() {
  const answer = await fetch(waiting.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { left } = await answer.json();
  if (left < Number(waiting.dataset.left)) {
    location.reload();
  } else {
    setTimeout(ask, 1500);
  }
}
if (waiting) setTimeout(ask, 1500);
