// What was measured, judged: of each part that was tried its cause, or that it is well. The limits are
// SOK-9's, 128 to 640 kbit/s each way; light and sound as the doctor's own test has them.
const LIMITS = { dark: 40, covered: 4, frames: 15, silent: -60, quiet: -40, video: 640, sound: 128, delay: 400 };

export function judged({ opened, picture, loudest, isHeard, road, relays }) {
  const parts = {};
  if (opened && (opened.causes.video || picture)) parts.camera = opened.causes.video || ofPicture(picture);
  if (opened && (opened.causes.audio || loudest !== undefined)) parts.microphone = opened.causes.audio || ofSound(loudest);
  if (isHeard !== undefined) parts.speaker = isHeard ? null : "not_heard";
  if (road) parts.server = road.delay_ms === null ? "no_answer" : null;
  if (road && road.delay_ms !== null) parts.speed = ofRoad(road);
  if (relays && relays.length) parts.relay = ofRelays(relays);
  return parts;
}

function ofPicture({ brightness, contrast, frame_rate }) {
  if (contrast < LIMITS.covered) return "covered";
  if (brightness < LIMITS.dark) return "dark";
  return frame_rate < LIMITS.frames ? "few_frames" : null;
}

function ofSound(loudest) {
  if (loudest < LIMITS.silent) return "silent";
  return loudest < LIMITS.quiet ? "quiet" : null;
}

// The slower way counts: both sides are to see and to hear.
function ofRoad({ delay_ms, up_kbit, down_kbit }) {
  const slowest = Math.min(up_kbit, down_kbit);
  if (slowest < LIMITS.sound) return "slow_for_sound";
  if (slowest < LIMITS.video) return "slow_for_video";
  return delay_ms > LIMITS.delay ? "unsteady" : null;
}

function ofRelays(relays) {
  const usable = relays.filter((one) => one.isUsable).map((one) => one.url);
  if (!usable.length) return "no_relay";
  return usable.some((url) => url.startsWith("turn:") && !url.includes("transport=tcp")) ? null : "udp_closed";
}
