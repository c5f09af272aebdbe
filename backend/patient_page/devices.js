// Camera, microphone and speaker: asks for them, says which are there, remembers the choice (OZ-26).
const KEPT = "devices";
const KINDS = { camera: "videoinput", microphone: "audioinput", speaker: "audiooutput" };
const SYSTEMS = ["default", "communications"];
const CAUSES = { NotAllowedError: "no_permission", SecurityError: "no_permission", NotFoundError: "not_found", NotReadableError: "busy", AbortError: "busy" };

// What is chosen on this device; nothing chosen is the system's own.
export function chosen(kind) {
  return kept()[kind] || "";
}

export function choose(kind, id) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...kept(), [kind]: id }));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || {};
  } catch {
    return {};
  }
}

// Of each kind the devices that can be told apart; names are there once they may be used.
export async function known() {
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const of = (kind) => all.filter((one) => one.kind === kind && one.label && !SYSTEMS.includes(one.deviceId));
  return Object.fromEntries(Object.entries(KINDS).map(([name, kind]) => [name, of(kind)]));
}

// One question for both. Where that fails each is tried by itself: who has no camera is heard all the same.
// A chosen device that is gone is not waited for: then it is the system's own.
export async function open(channel) {
  const found = await opened(wishes(channel, chosen));
  return found.isGone ? opened(wishes(channel, () => "")) : found;
}

async function opened(wanted) {
  if (!Object.keys(wanted).length) return { media: new MediaStream(), causes: {} };
  try {
    return { media: await navigator.mediaDevices.getUserMedia(wanted), causes: {} };
  } catch (error) {
    const found = { media: new MediaStream(), causes: {}, isGone: error.name === "OverconstrainedError" };
    if (found.isGone) return found;
    for (const kind of Object.keys(wanted)) await openOne(kind, wanted[kind], error, found);
    return found;
  }
}

async function openOne(kind, wish, failure, found) {
  try {
    if (await isRefused(kind, failure)) throw failure;
    const media = await navigator.mediaDevices.getUserMedia({ [kind]: wish });
    for (const track of media.getTracks()) found.media.addTrack(track);
  } catch (error) {
    found.causes[kind] = causeOf(error);
  }
}

// Who has said no is not asked a second time.
async function isRefused(kind, failure) {
  if (causeOf(failure) !== "no_permission") return false;
  try {
    return (await navigator.permissions.query({ name: kind === "video" ? "camera" : "microphone" })).state !== "granted";
  } catch {
    return true;
  }
}

function wishes(channel, idOf) {
  const of = (kind) => (idOf(kind) ? { deviceId: { exact: idOf(kind) } } : {});
  const camera = idOf("camera") ? of("camera") : { facingMode: "user" };
  const wanted = {};
  if (channel !== "text") wanted.audio = { echoCancellation: true, noiseSuppression: true, ...of("microphone") };
  if (channel === "video") wanted.video = { width: { ideal: 1280 }, ...camera };
  return wanted;
}

const causeOf = (error) => CAUSES[error.name] || "failed";

// The chosen speaker, where the browser lets choose: an element of sound, or what makes tones.
export async function sendTo(output) {
  if (chosen("speaker") && output.setSinkId) await output.setSinkId(chosen("speaker")).catch(() => undefined);
}

export function stop(media) {
  if (media) media.getTracks().forEach((track) => track.stop());
}
