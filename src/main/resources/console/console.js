"use strict";
// The server says that something is new; the lists are then asked for as HTML and put in place.
const live = document.getElementById("live");
const state = document.getElementById("state");
const filter = document.getElementById("filter");
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

async function refresh() {
  if (busy) {
    more = true;
    return;
  }
  busy = true;
  try {
    const answer = await fetch("/live");
    if (answer.ok) {
      live.innerHTML = await answer.text();
      narrow();
    }
  } catch (e) {
    say("not live: the console does not answer");
  }
  busy = false;
  if (more) {
    more = false;
    refresh();
  }
}

filter.addEventListener("input", narrow);
const events = new EventSource("/events");
events.addEventListener("open", () => say("live"));
events.addEventListener("error", () => say("not live: the console does not answer"));
events.addEventListener("change", refresh);
