// Asks the backend. The link's token stands behind the # of the address and goes into a header only.
const PREFIX = "/patient/api/v1";
export const token = location.hash.slice(1);

export class Refused extends Error {
  constructor(status, code, present = null) {
    super(code);
    this.status = status;
    this.code = code;
    this.present = present; // what is there now, where the page knew something older
  }
}

// Whether the same may succeed a little later: nothing was heard, or the server was not well.
export function mayPass(error) {
  return !(error instanceof Refused) || error.status >= 500;
}

async function ask(method, path, body, key, signal) {
  const headers = { "X-Patient-Token": token };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  return accepted(await fetch(PREFIX + path, { method, headers, cache: "no-store", body: body === undefined ? undefined : JSON.stringify(body), signal }));
}

async function accepted(answer) {
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, problem.code || "unknown", problem.present);
}

export async function get(path) {
  return (await ask("GET", path)).json();
}

// Once, and no longer than `signal` lets it: what measures the line wants no second try.
export async function probe(method, path, body, signal) {
  return (await ask(method, path, body, undefined, signal)).text();
}

export async function remove(path) {
  await ask("DELETE", path);
}

// Appends bytes to an upload; answers how many the server has then. A line that is silent is a cut one.
export async function append(path, offset, bytes, signal) {
  const headers = { "X-Patient-Token": token, "Upload-Offset": String(offset), "Content-Type": "application/partial-upload" };
  const answer = await accepted(await fetch(PREFIX + path, { method: "PATCH", headers, cache: "no-store", body: bytes, signal }));
  return Number(answer.headers.get("Upload-Offset"));
}

// A POST whose answer is lost is sent again with the same key: the backend does it once.
export async function post(path, body, key = randomKey()) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await (await ask("POST", path, body, key)).json();
    } catch (error) {
      if (error instanceof Refused || attempt === 2) throw error;
      await new Promise((done) => setTimeout(done, 500 * 2 ** attempt));
    }
  }
}

export async function file(path) {
  return (await ask("GET", path)).blob();
}

export function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The stream of events; comes back by itself. `onOpen` runs at each connection: read anew there. Where that
// fails and may succeed later it is done at the next connection, else the page would stay as old as it is.
export function stream({ onOpen, onEvent, onLost, onFailed, onRefused }) {
  let socket;
  let timer = 0;
  let wait = 1000;
  function open() {
    clearTimeout(timer);
    timer = 0;
    const opened = new WebSocket(location.origin.replace(/^http/, "ws") + PREFIX + "/events");
    socket = opened;
    opened.onopen = () => opened.send(JSON.stringify({ token }));
    opened.onmessage = (message) => {
      const event = JSON.parse(message.data);
      if (event.type !== "hello") return onEvent(event);
      greeted(opened, event);
    };
    opened.onclose = (closing) => over(closing.code);
  }
  function over(code) {
    if (code === 4401 || code === 4429) return onRefused(code - 4000);
    onLost();
    timer = setTimeout(open, wait);
    wait = Math.min(wait * 2, 10000);
  }
  // A line that is dead does not confirm its end for a minute: nobody waits for that.
  function drop(opened) {
    if (opened !== socket || timer || opened.readyState === WebSocket.CLOSED) return;
    opened.onopen = opened.onmessage = opened.onclose = null;
    opened.close();
    over(0);
  }
  async function greeted(opened, hello) {
    try {
      await onOpen(hello);
      wait = 1000;
    } catch (error) {
      if (mayPass(error)) drop(opened);
      else onFailed(error);
    }
  }
  // A phone that was asleep, or has changed its network, does not wait its turn.
  const hurry = () => document.visibilityState === "visible" && timer && open();
  document.addEventListener("visibilitychange", hurry);
  window.addEventListener("online", hurry);
  window.addEventListener("offline", () => drop(socket));
  open();
  return { here: () => socket.readyState === WebSocket.OPEN && socket.send("here") };
}
