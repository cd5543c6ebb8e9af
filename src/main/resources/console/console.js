"use strict";
// The server says that something is new; the lists are then asked for as HTML and put in place.
const live = document.getElementById("live");
const state = document.getElementById("state");
const filter = document.getElementById("filter");
const hold = document.getElementById("hold");
const said = document.getElementById("said");
let busy = false;
let more = false;

function say(words) {
  if (state.textContent !== words) state.textContent = words;
}

function narrow() {
  const word = filter.value.trim().toLowerCase();
  for (const row of live.querySelectorAll("tbody tr")) {
    row.hidden = word !== "" && !row.textContent.toLowerCase().includes(word);
  }
}

// What has the focus keeps it: a reader must not be thrown to the top of the page each second.
function place(element) {
  if (!element || !live.contains(element)) return null;
  return element.href
    ? `a[href="${CSS.escape(element.getAttribute("href"))}"]`
    : `button[value="${CSS.escape(element.value)}"]`;
}

async function refresh() {
  if (busy || hold.checked) {
    more = true;
    return;
  }
  busy = true;
  more = false;
  try {
    const answer = await fetch("/live");
    if (answer.ok) {
      const focus = place(document.activeElement);
      live.innerHTML = await answer.text();
      narrow();
      if (focus) live.querySelector(focus)?.focus();
    }
  } catch (e) {
    say("not live: the console does not answer");
  }
  busy = false;
  if (more) refresh();
}

// A form's answer is a sentence: it is shown here, and the page stays.
async function act(event) {
  if (!event.target.matches("[data-act]")) return;
  event.preventDefault();
  if (!event.submitter) return;
  acting.open = true;
  said.textContent = "…";
  try {
    const body = new URLSearchParams(new FormData(event.target, event.submitter));
    const answer = await fetch(event.submitter.formAction, { method: "POST", body });
    said.textContent = await answer.text();
    said.className = answer.ok ? "" : "fault";
  } catch (e) {
    said.textContent = "The console does not answer: nothing is known to be done.";
    said.className = "fault";
  }
}

// A field that is missing must be seen, also where the panel is folded away on a small screen.
const acting = document.getElementById("acting");
if (acting) {
  acting.open = window.innerWidth > 720;
  acting.addEventListener("invalid", () => (acting.open = true), true);
}
document.addEventListener("submit", act);
if (live) {
  filter.addEventListener("input", narrow);
  hold.addEventListener("change", () => {
    if (!hold.checked && more) refresh();
  });
  const events = new EventSource("/events");
  events.addEventListener("open", () => say("live"));
  events.addEventListener("error", () => say("not live: the console does not answer"));
  events.addEventListener("change", refresh);
}
