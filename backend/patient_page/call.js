// One call with the doctor's workstation: it offers, this page answers; a new offer is a new connection.
import * as api from "/p/api.js";
import * as devices from "/p/devices.js";

const GATHERING_MS = 2000;
const LOST_MS = 4000;

export class Conversation {
  constructor({ remote, local, onNote, onDoctorMedia }) {
    this.remote = remote;
    this.local = local;
    this.onNote = onNote;
    this.onDoctorMedia = onDoctorMedia;
    this.call = null;
    this.media = null;
    this.peer = null;
    this.lastSignal = 0;
    this.queue = Promise.resolve();
  }

  get isOn() {
    return this.call !== null;
  }

  // Opens the devices first: a doctor who sees "answered" shall not wait for a permission.
  async answer(call, channel) {
    await this.openMedia(channel);
    try {
      this.call = await api.post(`/calls/${call.id}/answer`, { channel });
    } catch (error) {
      this.end();
      throw error;
    }
    await this.catchUp();
  }

  // After the tab was closed: the same call, a new connection that the doctor's side offers.
  async comeBack(call) {
    await this.openMedia(call.channel);
    this.call = call;
    await this.signal("reconnect", {});
  }

  async openMedia(channel) {
    this.media = new MediaStream();
    try {
      this.media = await devices.open(channel);
      const camera = this.media.getVideoTracks().length > 0;
      this.onNote(channel === "video" && !camera ? "Камеры нет: врач слышит вас, но не видит." : "");
    } catch (error) {
      this.onNote(devices.hint(error).join(". "));
    }
    this.local.srcObject = this.media;
    this.local.hidden = this.media.getVideoTracks().length === 0;
  }

  // State of the call as the server tells it.
  changed(call) {
    if (!this.call || call.id !== this.call.id) return;
    this.call = call;
  }

  // One at a time and each once, whether it came by the stream or was fetched.
  hear(signal) {
    this.queue = this.queue.then(() => this.take(signal)).catch(() => this.lost());
    return this.queue;
  }

  async catchUp() {
    if (!this.call) return;
    const { signals } = await api.get(`/calls/${this.call.id}/signals?after=${this.lastSignal}`);
    for (const signal of signals) await this.hear(signal);
  }

  async take(signal) {
    if (!this.call || signal.call_id !== this.call.id || signal.number <= this.lastSignal) return;
    this.lastSignal = signal.number;
    const payload = JSON.parse(signal.payload);
    if (signal.kind === "offer") await this.takeOffer(payload, signal.connection);
    if (signal.kind === "candidate" && this.peer) await this.peer.addIceCandidate(payload);
    if (signal.kind === "media") this.onDoctorMedia(payload);
  }

  async takeOffer(offer, connection) {
    this.closePeer();
    this.call.connection = connection;
    const peer = new RTCPeerConnection({ iceServers: [] });
    this.peer = peer;
    peer.ontrack = (event) => this.show(event);
    peer.onconnectionstatechange = () => this.watch(peer);
    await peer.setRemoteDescription({ type: "offer", sdp: offer.sdp });
    for (const track of this.media.getTracks()) peer.addTrack(track, this.media);
    await peer.setLocalDescription(await peer.createAnswer());
    await gathered(peer);
    if (peer !== this.peer) return;
    const { type, sdp } = peer.localDescription;
    await this.signal("answer", { type, sdp });
    await this.sendMedia();
  }

  show(event) {
    if (!this.remote.srcObject) this.remote.srcObject = new MediaStream();
    this.remote.srcObject.addTrack(event.track);
    this.remote.play().catch(() => this.onNote("Нажмите на экран, чтобы включить звук."));
  }

  watch(peer) {
    if (peer !== this.peer) return;
    clearTimeout(this.timer);
    if (peer.connectionState === "connected") this.onNote("");
    if (peer.connectionState === "failed") this.lost();
    if (peer.connectionState === "disconnected") this.timer = setTimeout(() => this.lost(), LOST_MS);
  }

  lost() {
    if (!this.call) return;
    this.onNote("Связь прервалась. Соединяем снова…");
    this.signal("reconnect", {}).catch(() => undefined);
  }

  async toggle(kind) {
    const tracks = kind === "audio" ? this.media.getAudioTracks() : this.media.getVideoTracks();
    for (const track of tracks) track.enabled = !track.enabled;
    await this.sendMedia();
    return this.isSending(kind);
  }

  isSending(kind) {
    return this.media !== null && this.media.getTracks().some((track) => track.kind === kind && track.enabled);
  }

  sendMedia() {
    return this.signal("media", { microphone: this.isSending("audio"), camera: this.isSending("video") });
  }

  async signal(kind, payload) {
    if (!this.call) return;
    const body = { kind, connection: this.call.connection, payload: JSON.stringify(payload) };
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
    this.closePeer();
    devices.stop(this.media);
    this.media = null;
    this.local.srcObject = null;
  }

  closePeer() {
    clearTimeout(this.timer);
    if (this.peer) this.peer.close();
    this.peer = null;
    this.remote.srcObject = null;
  }
}

function gathered(peer) {
  if (peer.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((done) => {
    setTimeout(done, GATHERING_MS);
    peer.onicegatheringstatechange = () => peer.iceGatheringState === "complete" && done();
  });
}
