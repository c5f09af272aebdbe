// The test before a call (DRC-5, OZ-26): camera, microphone, sound and line, in twelve seconds at the most.
// The doctor is told the result; nobody is made to take it.
import * as api from "/p/api.js";
import * as words from "/p/check_words.js";
import * as devices from "/p/devices.js";
import { element, fact, made } from "/p/dom.js";
import * as measure from "/p/measure.js";
import { judged } from "/p/verdict.js";

const LONGEST_MS = 12000;
const BETWEEN_MS = 3500;
const KINDS = { camera: "Камера", microphone: "Микрофон", speaker: "Звук" };
const SPEAK = ["microphone", "Скажите что-нибудь", "Проверяем, слышит ли вас микрофон."];

export class Check {
  constructor({ iceServers, isNear, onChange, onFailed }) {
    this.iceServers = iceServers;
    this.isNear = isNear;
    this.onChange = onChange;
    this.onFailed = onFailed;
    this.run = null;
    this.sentAt = 0;
  }

  get hasRun() {
    return this.run !== null;
  }

  close() {
    clearTimeout(this.sending);
    this.rest();
    this.run = null;
    element("checks").replaceChildren();
    for (const id of ["level", "question", "choices"]) element(id).hidden = true;
  }

  // Devices are let go; what was found stays.
  rest() {
    if (!this.run) return;
    devices.stop(this.run.opened?.media);
    element("self-check").srcObject = null;
    element("preview").hidden = true;
    this.run.sound?.close();
    this.run.sound = null;
  }

  // Without a press there is no tone, and who says nothing is not judged by it.
  async start(isPressed) {
    this.close();
    const run = (this.run = { isPressed, sound: isPressed ? new AudioContext() : null, road: null });
    this.draw();
    this.onChange();
    if (isPressed) element("lobby").scrollIntoView();
    await Promise.all([this.measureLine(run), this.measureDevices(run)]);
    if (run !== this.run) return;
    run.isDone = true;
    this.send();
    this.draw();
    if (isPressed && !this.isNear()) this.rest();
  }

  async measureLine(run) {
    try {
      const [road, relays] = await Promise.all([measure.road(), this.iceServers().then(measure.relays)]);
      Object.assign(run, { road, relays });
    } catch (error) {
      if (run === this.run) this.onFailed(error);
    }
    this.draw();
  }

  async measureDevices(run) {
    const opened = await devices.open("video");
    if (run !== this.run) return devices.stop(opened.media);
    run.opened = opened;
    run.until = performance.now() + LONGEST_MS;
    if (!opened.causes.video) await this.measurePicture(run);
    await this.showChoices(run);
    if (!opened.causes.audio && run.isPressed) await this.listen(run, measure.forAWhile());
    if (!opened.causes.audio && !run.isPressed) this.listen(run, () => run !== this.run).then(() => run.isDone && this.send());
    if (run === this.run && run.isPressed) await this.play(run);
  }

  async measurePicture(run) {
    const video = element("self-check");
    video.srcObject = run.opened.media;
    element("preview").hidden = false;
    run.picture = await measure.picture(video).catch(() => undefined); // then it is seen, and not judged
    this.draw();
  }

  async listen(run, isOver) {
    run.isListening = true;
    this.draw();
    const level = element("level");
    const loudest = await measure.loudness(run.opened.media, (now) => (level.value = now), () => run !== this.run || isOver());
    run.isListening = false;
    if (run !== this.run) return;
    run.loudest = loudest;
    this.draw();
  }

  // The patient says whether it was heard; who does not answer in time has not been asked.
  async play(run) {
    if (!(await measure.tone(run.sound)) || run !== this.run) return;
    run.asks = true;
    const answered = new Promise((done) => (run.answer = done));
    this.draw();
    element("question").replaceChildren(this.question(run));
    element("question").hidden = false;
    element("question").scrollIntoView({ block: "nearest" });
    await Promise.race([answered, new Promise((done) => setTimeout(done, run.until - performance.now()))]);
  }

  heard(run, isHeard) {
    Object.assign(run, { isHeard, asks: false });
    run.answer();
    element("question").hidden = true;
    this.draw();
    if (run.isDone) this.send();
  }

  draw() {
    const run = this.run;
    if (!run) return;
    const lines = words.lines(judged(run), run.road).map(([picture, title, text]) => fact(picture, title, text));
    if (run.isListening) lines.push(fact(...SPEAK));
    if (!run.isDone && !run.isListening && !run.asks) lines.push(fact("clock", "Проверяем…", run.opened ? "" : "Если браузер спросит, разрешите камеру и микрофон."));
    if (run.isSent) lines.push(fact("info", "Врач видит этот результат"));
    element("checks").replaceChildren(...lines);
    element("level").hidden = !run.isListening;
  }

  question(run) {
    const line = fact("sound", "Вы слышали звонок?");
    const pair = made("div", "", "pair");
    for (const [text, isHeard] of [["Да, слышно", true], ["Нет", false]]) {
      const pressed = made("button", text);
      pressed.addEventListener("click", () => this.heard(run, isHeard));
      pair.append(pressed);
    }
    line.lastChild.append(pair);
    return line;
  }

  // Where there are several; what is chosen holds in the call, too.
  async showChoices(run) {
    const known = await devices.known();
    if (run !== this.run) return;
    const several = Object.keys(KINDS).filter((kind) => known[kind].length > 1);
    element("choices").hidden = !several.length;
    element("choice-list").replaceChildren(...several.map((kind) => this.choice(kind, known[kind])));
  }

  choice(kind, known) {
    const field = made("label", KINDS[kind], "field");
    const list = document.createElement("select");
    list.append(new Option("Как в системе", ""), ...known.map((one) => new Option(one.label, one.deviceId)));
    list.value = known.some((one) => one.deviceId === devices.chosen(kind)) ? devices.chosen(kind) : "";
    list.addEventListener("change", () => {
      devices.choose(kind, list.value);
      this.start(true);
    });
    field.append(list);
    return field;
  }

  // The last state of it, and not too often: all of the clinic is told.
  send() {
    clearTimeout(this.sending);
    const [run, wait] = [this.run, Math.max(0, this.sentAt + BETWEEN_MS - Date.now())];
    this.sending = setTimeout(() => this.sendNow(run), wait);
  }

  async sendNow(run) {
    const result = told(run);
    if (!result.findings.length) return;
    this.sentAt = Date.now();
    try {
      await api.post("/check", result);
    } catch {
      return; // the patient has read it all the same
    }
    run.isSent = true;
    if (run === this.run) this.draw();
  }
}

function told(run) {
  const { code, version, isPhone } = window.thisBrowser;
  const findings = Object.entries(judged(run)).map(([part, cause]) => ({ part, cause }));
  const { width, height, frame_rate } = run.picture || {};
  return { findings, width, height, frame_rate, ...run.road, browser: code, browser_version: version, is_phone: isPhone };
}
