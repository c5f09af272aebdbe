// The page: hears the consultation's state, shows it, and does what its buttons say.
import * as api from "/p/api.js";
import { ring } from "/p/bell.js";
import { Conversation } from "/p/call.js";
import { Chat } from "/p/chat.js";
import { Check } from "/p/check.js";
import { showProgress } from "/p/documents.js";
import { said } from "/p/email.js";
import { element, icon, made } from "/p/dom.js";
import { ask, cover } from "/p/layers.js";
import { LOBBY_MS, asksForConsent, closed, content } from "/p/stages.js";
import { corrected } from "/p/own_data.js";
import { Uploads } from "/p/uploads.js";
import { stayAwake } from "/p/wake.js";
import * as words from "/p/words.js";

const LOST = "Нет связи с клиникой. Соединяем снова…";

window.thisBrowser.isStarted = true;
let state = null;
let shown = "";
let serverAhead = 0;
let toldHere = false;
let hasMissed = false;
let isLost = false;
let consents = [];
let isAtConsents = false;
let isAtDocuments = false;
let ownData = null;
let email = null;
let isOtherEmail = false;
let sawStart = false;
const now = () => Date.now() + serverAhead;
const talk = new Conversation({
  remote: element("remote"),
  local: element("local"),
  onNote: callNote,
  onDoctorMedia: doctorMedia,
});
const check = new Check({
  iceServers: () => talk.iceServers(),
  isNear,
  onChange: () => draw(),
  onFailed: failed,
});
const uploads = new Uploads({
  onChange: () => {
    awake();
    chat.drawFiles();
    if (state) draw();
  },
  onProgress: showProgress,
  onSent: (one) => {
    chat.fileSent(one);
    refresh().catch(failed);
  },
});
const page = {
  now,
  hasMissed: () => hasMissed,
  isChecked: () => check.hasRun,
  isTalking: () => talk.isOn,
  accept: order(() => api.post("/slots/accept", { slot_id: document.querySelector("input[name=slot]:checked").value }).then(show)),
  refuse: order(() => api.post("/slots/refuse", { slot_ids: state.slots.map((slot) => slot.id) }).then(show)),
  cancel: order(cancel),
  askedConsent: () => consents.find((one) => one.kind === state.missing_consents[0]),
  consent: order(consent),
  consents: () => consents,
  showsConsents: () => isAtConsents,
  showConsents: order(() => readConsents(true)),
  hideConsents: order(async () => {
    isAtConsents = false;
    draw();
  }),
  ownData: () => ownData,
  showData: order(async () => showData(await api.get("/personal-data"))),
  hideData: order(async () => showData(null)),
  sendData: order(sendData),
  email: () => email,
  isOtherEmail: () => isOtherEmail,
  showEmail: order(async () => showEmail(await api.get("/email"))),
  hideEmail: order(async () => showEmail(null)),
  otherEmail: order(async () => showEmail(email, true)),
  sameEmail: order(async () => showEmail(email)),
  sayEmail: order(() => sayEmail(said())),
  codeAgain: order(() => sayEmail(email.address)),
  confirmEmail: order(confirmEmail),
  removeEmail: order(removeEmail),
  files: (item) => uploads.of(item),
  isSending: () => uploads.isBusy,
  choose: (item, chosen, left) => {
    isAtDocuments = isAtDocuments || element("chat").hidden;
    uploads.choose(item, chosen, left);
  },
  sendAgain: (one) => uploads.again(one),
  stopFile: (one) => uploads.stop(one),
  showsDocuments: () => isAtDocuments,
  showDocuments: order(async () => turnTo({ documents: true })),
  hideDocuments: order(async () => turnTo({ documents: false })),
  withdraw: (pressed, one) => run(pressed, () => withdraw(one)),
  comeBack: order(comeBack),
  check: () => check.start(true).catch(failed),
  openChat: order(() => chat.open()),
  download: order(download),
};
const chat = new Chat({ state: () => state, show, download, files: page });

function notice(text) {
  element("notice").textContent = text;
  element("notice").hidden = !text;
  element("notice").className = "notice bad";
}

function callNote(title, text) {
  element("call-note").hidden = !title;
  const said = made("div", "");
  said.append(made("b", title || ""), made("span", text || ""));
  element("call-note").replaceChildren(icon("weak"), said);
}

// What the doctor sends, as it is (SPB-20).
function doctorMedia(media) {
  const drawn = (name, on, off) => {
    const mark = icon(on ? name : `${name}_off`);
    mark.classList.toggle("on", on);
    return on ? [mark] : [mark, made("span", off)];
  };
  const marks = media ? [...drawn("microphone", media.microphone, "микрофон выключен"), ...drawn("video", media.camera, "камера выключена")] : [];
  element("call-media").replaceChildren(made("span", state.doctor_post.toLowerCase()), ...marks);
}

async function refresh() {
  show(await api.get("/state"));
}

// An answer that was on its way while a newer state came is too old to be shown.
function show(next) {
  if (state && next.seq < state.seq) return;
  state = next;
  serverAhead = Date.parse(next.time) - Date.now();
  element("title").textContent = `Заявка № ${next.request_number}`;
  element("centre").textContent = next.centre_name;
  element("danger").hidden = !next.life_threat;
  notice(isLost ? LOST : window.thisBrowser.trouble);
  draw();
  if (asksForConsent(next) && !page.askedConsent()) readConsents().catch(failed);
  lobby(next.stage === "scheduled" && !asksForConsent(next));
  showCall(next.call);
  chat.stateChanged();
  uploads.remember(next.request_number).catch(failed);
}

function turnTo({ documents }) {
  isAtDocuments = documents;
  draw();
  scrollTo(0, 0);
}

// The screen stays on while the doctor is awaited or spoken with, and while a file is on its way.
function awake() {
  stayAwake(talk.isOn || uploads.isBusy || Boolean(state && state.stage === "scheduled" && isNear()));
}

// After the start it costs one of the quota: that is said before it is done (DRC-12).
async function cancel() {
  if (!state.can_cancel_late) {
    const meaning = state.slots.length ? "Время получит другой пациент. Консультация не спишется." : "Заявка закроется. Консультация не спишется.";
    if (await ask("Отменить консультацию?", meaning, "Отменить консультацию", "Не отменять")) show(await api.post("/cancel"));
    return;
  }
  const price = ["Время начала уже прошло. Если отменить сейчас, консультация будет считаться использованной.", words.quota(state, 1)].filter(Boolean).join(" ");
  if (await ask("Отменить после начала?", price, "Отменить и списать", "Не отменять")) show(await api.post("/cancel-late"));
}

// A button that is drawn anew between finger down and finger up is never pressed.
let isHeld = false;
document.addEventListener("pointerdown", () => (isHeld = true), true);
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(letGo), true);

function letGo() {
  isHeld = false;
  if (state) draw();
}

// Draws anew only what has changed: who reads or stands on a button is not disturbed.
function draw() {
  if (isHeld) return;
  const { time, ...rest } = state;
  const files = uploads.files.map((one) => [one.number, one.phase, one.trouble]);
  // Who writes in a form is not disturbed by what happens meanwhile; a call rings over it.
  const wanted = ownData ? JSON.stringify(["data", ownData]) : email ? JSON.stringify(["email", email, isOtherEmail]) : JSON.stringify([rest, talk.isOn, hasMissed, check.hasRun, consents, isAtConsents, isAtDocuments, files]);
  if (wanted === shown) return;
  const pressed = document.activeElement && document.activeElement.closest("footer button,#view button");
  const focus = pressed ? nameOf(pressed) : null;
  const drawn = content(state, page);
  element("view").replaceChildren(...drawn.view);
  element("actions").replaceChildren(...drawn.actions);
  element("view").hidden = false;
  shown = wanted;
  tick();
  if (focus === null) return;
  const buttons = [...drawn.actions, ...element("view").querySelectorAll("button")];
  const same = buttons.find((button) => nameOf(button) === focus) || element("view");
  same.focus({ preventScroll: true });
}

const nameOf = (button) => button.getAttribute("aria-label") || button.textContent;

async function readConsents(toShow) {
  consents = (await api.get("/consents")).consents;
  isAtConsents = Boolean(toShow);
  draw();
}

async function withdraw(one) {
  const { question, meaning, withdraw: yes, keep } = words.agreement(one);
  if (!(await ask(question, meaning, yes, keep))) return;
  consents = (await api.post(`/consents/${one.kind}/withdraw`)).consents;
  isAtConsents = false;
  await refresh();
}

function showData(data) {
  ownData = data;
  draw();
  scrollTo(0, 0);
}

async function sendData() {
  const said = corrected(ownData);
  if (!said || !Object.keys(said).length) return;
  showData(await api.post("/personal-data", said));
  notice("");
}

function showEmail(next, isOther = false) {
  email = next;
  isOtherEmail = isOther;
  draw();
  scrollTo(0, 0);
}

async function sayEmail(address) {
  if (!address) return;
  const next = await api.post("/email", { address });
  notice("");
  showEmail(next);
}

async function confirmEmail() {
  const code = said();
  if (!code) return;
  try {
    showEmail(await api.post("/email/confirm", { code }));
    notice("");
  } catch (error) {
    if (error.code === "wrong_code") showEmail(await api.get("/email"));
    throw error;
  }
}

async function removeEmail() {
  if (!(await ask("Убрать адрес?", "На почту больше ничего не придёт. Заключение останется на этой странице.", "Убрать", "Оставить"))) return;
  showEmail(await api.post("/email/remove"));
}

async function consent() {
  consents = (await api.post(`/consents/${page.askedConsent().kind}/give`)).consents;
  await refresh();
}

function closedPage(error) {
  if (talk.isOn) talk.end();
  state = ownData = email = null;
  for (const over of ["call", "chat", "ask", "ring"]) cover(over, false);
  ring(false);
  lobby(false);
  notice("");
  element("title").textContent = "Консультация врача";
  element("view").replaceChildren(...closed(error));
  element("view").hidden = false;
  element("actions").replaceChildren();
}

function failed(error) {
  if (error.status === 401 || error.status === 429) closedPage(error);
  else if (talk.isOn) callNote(words.refusal(error));
  else notice(words.refusal(error));
}

// The camera opens by itself in the last minutes only; before that somebody presses for it (SOK-6).
function lobby(open) {
  const waits = open && !(state.call && state.call.state === "active");
  element("lobby").hidden = !waits;
  awake();
  if (!waits || talk.hasDevices) check.close();
  else if (!check.hasRun && isNear()) check.start(false).catch(failed);
}

function isNear() {
  return state.slots.length > 0 && Date.parse(state.slots[0].start) - now() < LOBBY_MS;
}

function order(work) {
  return (pressed) => run(pressed, work);
}

// One press is one order: the buttons beside it wait for its answer, too.
async function run(pressed, work) {
  const waiting = [...pressed.parentElement.querySelectorAll("button:enabled")];
  waiting.forEach((one) => (one.disabled = true));
  try {
    await work();
  } catch (error) {
    failed(error);
    if (error instanceof api.Refused && error.status === 409) await refresh().then(() => failed(error), () => undefined);
  }
  waiting.forEach((one) => (one.disabled = false));
  if (pressed.isConnected && document.activeElement === document.body) pressed.focus();
}

function showCall(call) {
  const rings = call !== null && call.state === "ringing" && !talk.isOn;
  element("ring-doctor").textContent = words.doctor(state);
  if (talk.isOn && (call === null || call.id !== talk.call.id || talk.isTaken(call))) talk.end();
  if (call !== null) talk.changed(call);
  if (talk.isOn) hasMissed = false;
  element("call-doctor").textContent = words.shortName(state.doctor_name);
  for (const [id, kind] of [["mic", "audio"], ["cam", "video"]]) {
    element(id).setAttribute("aria-pressed", String(talk.isSending(kind)));
    element(id).disabled = !talk.has(kind);
  }
  awake();
  cover("call", talk.isOn);
  cover("ring", rings);
  ring(rings);
  draw();
}

async function answer(channel) {
  check.close();
  doctorMedia(null);
  await talk.answer(state.call, channel);
  showCall(talk.call);
  if (channel === "text") chat.open();
}

async function comeBack() {
  check.close();
  doctorMedia(null);
  await talk.comeBack(state.call);
  showCall(talk.call);
}

async function toggle(kind) {
  await talk.toggle(kind);
  showCall(talk.call);
}

async function download() {
  const url = URL.createObjectURL(await api.file("/conclusion"));
  const link = Object.assign(document.createElement("a"), { href: url, download: `Заключение ${state.request_number}.pdf` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

function tick() {
  if (!state) return;
  const slot = state.slots[0];
  const big = element("countdown");
  if (big && slot) {
    const left = Date.parse(slot.start) - now();
    put(big, left > 0 ? words.left(left) : words.time(slot.start, state.patient_time_zone));
    put(element("countdown-label"), left > 0 ? "До начала" : state.call ? "Врач на связи" : "Ждём звонка врача");
    if (left <= 0 && !sawStart && state.can_cancel) {
      sawStart = true;
      refresh().catch(failed);
    }
    if (left > 0 && left < LOBBY_MS && !toldHere) {
      toldHere = true;
      events.here();
      lobby(true);
    }
  }
  if (talk.isOn && talk.call.clock) clock(talk.call.clock, now());
}

function put(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

// The consultation's length is the centre's word, and the doctor may take more; its end cuts nothing off (DRC-8).
function clock(told, at) {
  const rest = Date.parse(told.ends_at) - at;
  const isLate = at >= Date.parse(told.soon_at);
  put(element("call-clock"), words.left(Math.max(at - Date.parse(told.started_at), 0)));
  const whole = `из ${words.left(Date.parse(told.ends_at) - Date.parse(told.started_at))}`;
  put(element("call-left"), isLate && rest > 0 ? `осталось ${words.left(rest)}` : whole);
  element("call-left").parentElement.classList.toggle("late", isLate);
}

const HEARD = {
  patient_changed: (event) => show(event.state),
  message_posted: (event) => {
    chat.posted(event.message);
    if (event.message.side === "doctor" && element("chat").hidden) refresh().catch(failed);
  },
  call_changed: (event) => {
    hasMissed = ["timed_out", "cancelled"].includes(event.call.state);
    state.call = event.call.ended_at ? null : event.call;
    showCall(state.call);
  },
  call_signalled: (event) => talk.hear(event.signal),
};

const events = api.stream({
  onOpen: async (hello) => {
    toldHere = isLost = false;
    if (state) state.seq = Math.min(state.seq, hello.seq); // lower where the server was set back
    await refresh();
    await talk.catchUp();
    await chat.refresh();
  },
  onEvent: (event) => state && HEARD[event.type] && HEARD[event.type](event),
  onLost: () => {
    isLost = true;
    notice(LOST);
  },
  onFailed: failed,
  onRefused: (status) => closedPage(new api.Refused(status, status === 429 ? "too_many_attempts" : "link_not_good")),
});

const onPress = (id, work) => element(id).addEventListener("click", () => run(element(id), work));
for (const channel of ["video", "audio", "text"]) onPress(`answer-${channel}`, () => answer(channel));
onPress("decline", () => api.post(`/calls/${state.call.id}/decline`).then(refresh));
onPress("hang-up", () => talk.hangUp().then(refresh));
onPress("mic", () => toggle("audio"));
onPress("cam", () => toggle("video"));
onPress("call-chat", () => chat.open());
element("remote").addEventListener("click", () => element("remote").play());
setInterval(tick, 250);
refresh().catch(failed);
