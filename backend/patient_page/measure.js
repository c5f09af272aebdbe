// What a test measures: the picture, the sound, the road to the clinic and to its relays (SPB-19).
import * as api from "/p/api.js";
import { strike } from "/p/bell.js";
import * as devices from "/p/devices.js";

const SETTLE_MS = 700;
const COUNT_MS = 1000;
const LOOK_MS = 100;
const SPEAK_MS = 5000;
const LOUD_DB = -40;
const TONE_MS = 1500;
const PIECES = [32, 128, 512].map((kibi) => kibi * 1024);
const QUICK_MS = 800;
const PIECE_MS = 3500;
const DELAYS_MS = 2000;
const ROAD_MS = 11000;
const RELAY_MS = 5000;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Size, pictures in a second, light and contrast, once the camera has found its exposure.
export async function picture(video) {
  await seen();
  await after(SETTLE_MS);
  return { width: video.videoWidth, height: video.videoHeight, frame_rate: await frameRate(video), ...light(video) };
}

// A tab that is out of sight draws nothing: that is no fault of the camera.
function seen() {
  if (document.visibilityState === "visible") return Promise.resolve();
  return new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
}

async function frameRate(video) {
  let [shown, isOver] = [0, false];
  const see = () => {
    shown += 1;
    if (!isOver) video.requestVideoFrameCallback(see);
  };
  const since = performance.now();
  video.requestVideoFrameCallback(see);
  await after(COUNT_MS);
  isOver = true;
  return Math.round((shown * 1000) / (performance.now() - since));
}

function light(video) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 36 });
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
  const pixels = drawing.getImageData(0, 0, canvas.width, canvas.height).data;
  const lumas = [];
  for (let at = 0; at < pixels.length; at += 4) lumas.push(0.299 * pixels[at] + 0.587 * pixels[at + 1] + 0.114 * pixels[at + 2]);
  const mean = lumas.reduce((sum, one) => sum + one, 0) / lumas.length;
  const spread = Math.sqrt(lumas.reduce((sum, one) => sum + (one - mean) ** 2, 0) / lumas.length);
  return { brightness: mean, contrast: spread };
}

// The loudest moment in dB of full scale; ends with the first loud one, or when `isOver` says so.
export async function loudness(media, onLevel, isOver) {
  const context = new AudioContext();
  const level = context.createAnalyser();
  context.createMediaStreamSource(media).connect(level);
  const samples = new Float32Array(level.fftSize);
  let loudest = -100;
  try {
    while (loudest < LOUD_DB && media.active && !isOver()) {
      await after(LOOK_MS);
      level.getFloatTimeDomainData(samples);
      const now = 10 * Math.log10(samples.reduce((sum, one) => sum + one * one, 0) / samples.length || 1e-10);
      loudest = Math.max(loudest, now);
      onLevel(now);
    }
    return context.state === "running" ? loudest : undefined; // else the browser lets nobody measure
  } finally {
    context.close();
  }
}

export function forAWhile() {
  const end = performance.now() + SPEAK_MS;
  return () => performance.now() > end;
}

// A tone from the chosen speaker; false: the browser lets nothing sound that nobody has pressed for.
export async function tone(context) {
  if (context.state !== "running") return false;
  await devices.sendTo(context);
  strike(context);
  await after(TONE_MS);
  return true;
}

// Delay and speed both ways; nothing where the clinic does not answer.
export async function road() {
  const began = performance.now();
  const until = began + ROAD_MS;
  const delays = [];
  do {
    const took = await timed("GET", 1, until);
    if (took === null) return { delay_ms: null, down_kbit: null, up_kbit: null };
    delays.push(took);
  } while (delays.length < 4 && performance.now() < began + DELAYS_MS);
  const delay = delays.sort((one, other) => one - other)[delays.length >> 2]; // the first one opens the line, too
  return { delay_ms: Math.round(delay), down_kbit: await speed("GET", delay, until), up_kbit: await speed("POST", delay, until) };
}

// That of the largest piece that went in time: small ones tell of the delay alone.
async function speed(method, delay, until) {
  let best = 0;
  for (const size of PIECES) {
    const took = await timed(method, size, until);
    if (took === null) return best;
    best = Math.round((size * 8) / Math.max(took - delay / 2, 1));
    if (took > QUICK_MS) return best;
  }
  return best;
}

async function timed(method, size, until) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), Math.min(PIECE_MS, until - performance.now()));
  const [path, body] = method === "GET" ? [`/speed?size=${size}`] : ["/speed", { text: noise(size) }];
  const started = performance.now();
  try {
    await api.probe(method, path, body, stop.signal);
    return performance.now() - started;
  } catch (error) {
    if (error instanceof api.Refused) throw error;
    return null;
  } finally {
    clearTimeout(late);
  }
}

function noise(size) {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
  return Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join("");
}

// Each address of TURN by itself: which of them can be used (UDP, TCP, TLS).
export async function relays(servers) {
  const each = servers.flatMap((server) => server.urls.map((url) => ({ ...server, urls: [url] })));
  return Promise.all(each.map(async (server) => ({ url: server.urls[0], isUsable: await isUsable(server) })));
}

async function isUsable(server) {
  const peer = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: "relay" });
  try {
    peer.createDataChannel("test");
    const found = new Promise((done) => {
      peer.onicecandidate = ({ candidate }) => (candidate === null ? done(false) : candidate.candidate.includes(" typ relay") && done(true));
    });
    await peer.setLocalDescription(await peer.createOffer());
    return await Promise.race([found, after(RELAY_MS).then(() => false)]);
  } finally {
    peer.close();
  }
}
