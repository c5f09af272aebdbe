// One call with the doctor's workstation: it offers, this page answers; a new offer is a new connection.
import * as api from "/p/api.js";
import { deviceTrouble } from "/p/check_words.js";
import * as devices from "/p/devices.js";

const GATHERING_MS = 2000;
const LOST_MS = 4000;
const LOOK_MS = 3000;
const SILENT_MS = 3000;
const LISTEN_MS = 500;
const WEAK_LOSS = 0.1;
const RELAYS_MS = 3000;
const RELAYS_KEPT_MS = 10 * 60000;
const MOST_TRIES = 5;
const LOST_WORDS = ["Связь прервалась", "Соединяем снова…"];

export class Conversation {
  constructor({ remote, local, onNote, onDoctorMedia }) {
    this.remote = remote;
    this.local = local;
    this.onNote = onNote;
    this.onDoctorMedia = onDoctorMedia;
    this.page = api.randomKey();
    this.pageBefore = "";
    this.isToldOurs = false;
    this.call = null;
    this.media = null;
    this.peer = null;
    this.channel = null;
    this.trouble = [];
    this.isWeak = false;
    this.relays = null;
    this.relaysAt = 0;
    this.lastSignal = 0;
    this.offered = 0;
    this.queue = Promise.resolve();
  }

  get isOn() {
    return this.call !== null;
  }

  // From the moment that they are asked for: who returns to a call is not yet in it.
  get hasDevices() {
    return this.media !== null;
  }

  has(kind) {
    return this.hasDevices && this.media.getTracks().some((track) => track.kind === kind);
  }

  // Opens the devices first: a doctor who sees "answered" shall not wait for a permission.
  async answer(call, channel) {
    this.comeAfter(call);
    this.iceServers();
    await this.openMedia(channel);
    try {
      this.call = await api.post(`/calls/${call.id}/answer`, { channel, page: this.page });
    } catch (error) {
      this.end();
      throw error;
    }
    await this.catchUp();
  }

  // After the tab was closed, or from another one: the same call, a new connection that the doctor's side offers.
  async comeBack(call) {
    this.comeAfter(call);
    await this.openMedia(call.channel);
    try {
      this.call = await api.post(`/calls/${call.id}/take`, { page: this.page });
      for (const { number } of await signalsBehind(call.id, 0)) this.lastSignal = Math.max(this.lastSignal, number);
      await this.askForOffer();
    } catch (error) {
      this.end();
      throw error;
    }
  }

  // The doctor's side may begin anew at any moment, and the page hear of it later: then it asks once more.
  async askForOffer() {
    for (let tries = 1; ; tries++) {
      try {
        return await this.signal("reconnect", {});
      } catch (error) {
        if (error.code !== "stale_version" || tries === MOST_TRIES) throw error;
        this.changed(error.present);
      }
    }
  }

  comeAfter(call) {
    this.pageBefore = call.page;
    this.isToldOurs = false;
  }

  // Another tab or device of the patient has taken the call: this one sends no more. What is told of
  // the time before this page had it may come late, and says nothing.
  isTaken(call) {
    this.isToldOurs ||= call.page === this.page;
    return this.isOn && call.page !== this.page && (this.isToldOurs || call.page !== this.pageBefore);
  }

  // Without camera or microphone the call goes on: the patient sees and hears the doctor.
  async openMedia(channel) {
    this.media = new MediaStream();
    this.media = new MediaStream();
    const { media, causes } = await devices.open(channel);
    this.media = media;
    this.trouble = troubleOf(causes);
    this.onNote(...this.trouble);
    this.local.srcObject = this.media;
    this.local.hidden = !this.has("video");
  }

  // TURN servers with credentials of this link; a call goes on directly where they are not to be had.
  iceServers() {
    if (!this.relays || Date.now() - this.relaysAt > RELAYS_KEPT_MS) {
      this.relaysAt = Date.now();
      this.relays = askedRelays().catch(() => {
        this.relays = null;
        return [];
      });
    }
    return this.relays;
  }

  // State of the call as the server tells it; what was on its way while a newer connection began is older.
  changed(call) {
    if (!this.call || call.id !== this.call.id) return;
    this.call = { ...call, connection: Math.max(call.connection, this.call.connection) };
  }

  // One at a time and each once, whether it came by the stream or was fetched.
  hear(signal) {
    this.queue = this.queue.then(() => this.take(signal)).catch((error) => this.failed(error));
    return this.queue;
  }

  // What the server refuses belongs to a connection that is void: the next one is on its way.
  failed(error) {
    if (!(error instanceof api.Refused)) this.lost();
  }

  async catchUp() {
    if (!this.call) return;
    const signals = await signalsBehind(this.call.id, this.lastSignal);
    for (const signal of signals) await this.hear(signal);
    if (this.peer && this.peer.connectionState === "failed") this.lost();
  }

  async take(signal) {
    if (!this.call || signal.call_id !== this.call.id || signal.number <= this.lastSignal) return;
    this.lastSignal = signal.number;
    if (signal.connection < this.call.connection) return;
    const payload = JSON.parse(signal.payload);
    if (signal.kind === "offer") await this.takeOffer(payload, signal.connection);
    if (signal.kind === "candidate" && this.peer) await this.peer.addIceCandidate(payload);
    if (signal.kind === "media") this.onDoctorMedia(payload);
  }

  async takeOffer(offer, connection) {
    this.closePeer();
    this.call = { ...this.call, connection };
    this.offered = connection;
    const iceServers = await this.iceServers();
    if (!this.call || this.call.connection !== connection) return;
    const peer = new RTCPeerConnection({ iceServers });
    this.peer = peer;
    peer.ondatachannel = ({ channel }) => this.openChannel(channel);
    peer.ontrack = (event) => this.show(event);
    peer.onconnectionstatechange = () => this.watch(peer);
    await peer.setRemoteDescription({ type: "offer", sdp: offer.sdp });
    for (const track of this.media.getTracks()) peer.addTrack(track, this.media);
    await peer.setLocalDescription(await peer.createAnswer());
    await gathered(peer);
    if (peer !== this.peer) return;
    const { type, sdp } = peer.localDescription;
    await this.signal("answer", { type, sdp }, connection);
    await this.sendMedia();
  }

  // The doctor's media process says beside the sound what it sends, and hears the same of this side.
  openChannel(channel) {
    channel.onmessage = ({ data }) => {
      const { audio, video } = JSON.parse(data);
      this.onDoctorMedia({ microphone: audio === "on", camera: video === "on" });
    };
    channel.onopen = () => this.tell();
    this.channel = channel;
    this.tell();
  }

  tell() {
    if (!this.channel || this.channel.readyState !== "open") return;
    const word = (kind) => (this.isSending(kind) ? "on" : this.has(kind) ? "off" : "missing");
    this.channel.send(JSON.stringify({ audio: word("audio"), video: word("video") }));
  }

  show(event) {
    if (!this.remote.srcObject) this.remote.srcObject = new MediaStream();
    devices.sendTo(this.remote);
    this.remote.srcObject.addTrack(event.track);
    this.remote.play().catch(() => this.onNote("Звук выключен", "Нажмите на экран, чтобы включить его."));
  }

  watch(peer) {
    if (peer !== this.peer) return;
    clearTimeout(this.timer);
    if (peer.connectionState === "connected") this.connected(peer);
    if (peer.connectionState === "failed") this.lost();
    if (peer.connectionState === "disconnected") this.timer = setTimeout(() => this.lost(), LOST_MS);
  }

  connected(peer) {
    this.onNote(...this.trouble);
    clearInterval(this.looking);
    clearInterval(this.listening);
    this.looking = setInterval(() => this.look(peer), LOOK_MS);
    this.heard = { bytes: 0, at: performance.now(), isSilent: false };
    this.listening = setInterval(() => this.listen(peer), LISTEN_MS);
  }

  // The doctor's side sends sound all the time, silence too: nothing at all is a lost connection. The browser
  // itself says so some seconds later, or never. What is to be done is the doctor's side's; here it is told.
  async listen(peer) {
    const came = [...(await peer.getStats()).values()].filter((one) => one.type === "inbound-rtp");
    if (peer !== this.peer) return;
    const [bytes, now] = [came.reduce((sum, one) => sum + one.bytesReceived, 0), performance.now()];
    if (bytes !== this.heard.bytes) this.heard = { ...this.heard, bytes, at: now };
    const isSilent = now - this.heard.at > SILENT_MS;
    if (isSilent === this.heard.isSilent) return;
    this.heard.isSilent = isSilent;
    this.onNote(...(isSilent ? LOST_WORDS : this.trouble));
  }

  // Says it where much of what this side sends does not arrive.
  async look(peer) {
    const told = [...(await peer.getStats()).values()].filter((one) => one.type === "remote-inbound-rtp");
    const weak = told.some((one) => one.fractionLost > WEAK_LOSS);
    if (peer !== this.peer || weak === this.isWeak || peer.connectionState !== "connected") return;
    this.isWeak = weak;
    this.onNote(...(weak ? ["Ваша связь слабая", "Подойдите к окну или включите Wi-Fi."] : this.trouble));
  }

  lost() {
    if (!this.call) return;
    this.onNote(...LOST_WORDS);
    if (this.offered < this.call.connection) return; // the doctor's side has begun anew: its offer comes
    this.signal("reconnect", {}).catch(() => undefined);
  }

  async toggle(kind) {
    const tracks = kind === "audio" ? this.media.getAudioTracks() : this.media.getVideoTracks();
    for (const track of tracks) track.enabled = !track.enabled;
    await this.sendMedia();
    return this.isSending(kind);
  }

  isSending(kind) {
    return this.hasDevices && this.media.getTracks().some((track) => track.kind === kind && track.enabled);
  }

  sendMedia() {
    this.tell();
    return this.signal("media", { microphone: this.isSending("audio"), camera: this.isSending("video") });
  }

  // An answer belongs to its offer, whatever has begun meanwhile.
  async signal(kind, payload, connection = this.call?.connection) {
    if (!this.call) return;
    const body = { kind, connection, payload: JSON.stringify(payload) };
    await api.post(`/calls/${this.call.id}/signals`, body);
  }

  async hangUp() {
    const call = this.call;
    this.end();
    if (call) await api.post(`/calls/${call.id}/hang-up`);
  }

  end() {
    this.call = null;
    this.lastSignal = 0;
    this.offered = 0;
    this.closePeer();
    devices.stop(this.media);
    this.media = null;
    this.local.srcObject = null;
  }

  closePeer() {
    clearTimeout(this.timer);
    clearInterval(this.looking);
    clearInterval(this.listening);
    this.isWeak = false;
    if (this.peer) this.peer.close();
    this.peer = null;
    this.channel = null;
    this.remote.srcObject = null;
  }
}

function troubleOf({ audio, video }) {
  if (!audio && !video) return [];
  const [title, mend] = deviceTrouble({ audio, video });
  if (!audio) return [title, "Врач слышит вас, но не видит."];
  return [video ? "Врач вас не слышит и не видит" : "Врач вас не слышит", `${title}. ${mend} Можно писать в чат.`];
}

// All that the doctor's side has sent behind that number: the server answers so many at once.
async function signalsBehind(call, number) {
  const found = [];
  for (;;) {
    const after = found.length ? found[found.length - 1].number : number;
    const answer = await api.get(`/calls/${call}/signals?after=${after}`);
    found.push(...answer.signals);
    if (!answer.has_more) return found;
  }
}

async function askedRelays() {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("late")), RELAYS_MS));
  return (await Promise.race([api.get("/ice-servers"), late])).servers;
}

function gathered(peer) {
  if (peer.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((done) => {
    setTimeout(done, GATHERING_MS);
    peer.onicegatheringstatechange = () => peer.iceGatheringState === "complete" && done();
  });
}
