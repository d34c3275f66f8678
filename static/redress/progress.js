// A page that waits for letters asks now and then, and shows itself anew when there is something new to see.
// Who is at work in a form loses nothing: the page says that there is something new, and waits.
"use strict";
const waiting = document.querySelector("[data-progress]");
let typed = false;
function atWork() {
  return typed || document.activeElement.closest("form") !== null;
}
function tell() {
  const link = document.createElement("a");
  link.setAttribute("href", "");
  link.textContent = "Look again";
  waiting.setAttribute("role", "status");
  waiting.replaceChildren("There is something new. ", link);
}
async function ask() {
  const answer = await fetch(waiting.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { left } = await answer.json();
  if (left >= Number(waiting.dataset.left)) {
    setTimeout(ask, 1500);
  } else if (atWork()) {
    tell();
  } else {
    location.reload();
  }
}
if (waiting) {
  document.addEventListener("input", (event) => {
    typed = typed || event.target.closest("form") !== null;
  });
  setTimeout(ask, 1500);
}
