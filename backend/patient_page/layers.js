// What lies over the page: one thing at a time can be pressed, and only that is read aloud.
import { element } from "/p/dom.js";

const COVERS = ["call", "chat", "ask", "ring"];
const FIRST = { call: "hang-up", chat: "text", ask: "ask-no", ring: "answer-video" };
let top = null;

export function cover(id, open) {
  element(id).hidden = !open;
  const now = COVERS.filter((one) => !element(one).hidden).pop() || null;
  for (const one of COVERS) element(one).inert = one !== now;
  for (const under of document.querySelectorAll("header,main,footer")) under.inert = now !== null;
  if (now !== top && now) element(FIRST[now]).focus();
  top = now;
}

// Asks before what cannot be undone. A call that comes meanwhile rings over it.
export function ask(title, text, yes, no) {
  element("ask-title").textContent = title;
  element("ask-text").textContent = text;
  element("ask-yes").textContent = yes;
  element("ask-no").textContent = no;
  cover("ask", true);
  return new Promise((done) => {
    const answer = (given) => () => {
      cover("ask", false);
      done(given);
    };
    element("ask-yes").onclick = answer(true);
    element("ask-no").onclick = answer(false);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (top === "chat") element("chat-close").click();
  if (top === "ask") element("ask-no").click();
});
