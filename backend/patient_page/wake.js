// Keeps the phone's screen on while the doctor is awaited or spoken with.
let wanted = false;
let lock = null;

export function stayAwake(on) {
  wanted = on;
  if (!on && lock) lock.release();
  if (!on) lock = null;
  hold();
}

// A page that was out of sight has lost its lock; where there is none the screen goes dark as ever.
async function hold() {
  if (!wanted || lock || !navigator.wakeLock || document.visibilityState !== "visible") return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    return;
  }
  lock.addEventListener("release", () => (lock = null));
  if (!wanted) stayAwake(false);
}

document.addEventListener("visibilitychange", hold);
