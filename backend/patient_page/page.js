// The page: shows the consultation's state, and does what its buttons say.
import * as api from "/p/api.js";
import { Conversation } from "/p/call.js";
import { Chat } from "/p/chat.js";
import * as devices from "/p/devices.js";
import * as words from "/p/words.js";

const LOBBY_MS = 15 * 60000;
const CALL_MS = 30 * 60000;
const element = (id) => document.getElementById(id);
const made = (name, text, kind) => Object.assign(document.createElement(name), { textContent: text, className: kind || "" });

let state = null;
let serverAhead = 0;
let toldHere = false;
const now = () => Date.now() + serverAhead;
const chat = new Chat(() => state, refresh);
const talk = new Conversation({
  remote: element("remote"),
  local: element("local"),
  onNote: (text) => note(element("call-note"), text),
  onDoctorMedia: (media) => (element("call-media").textContent = words.doctorMedia(state, media)),
});

function note(place, text, bad) {
  place.textContent = text;
  place.hidden = !text;
  place.classList.toggle("bad", Boolean(bad));
}

async function refresh() {
  show(await api.get("/state"));
}

function show(next) {
  state = next;
  serverAhead = Date.parse(next.time) - Date.now();
  element("title").textContent = `Заявка № ${next.request_number}`;
  note(element("notice"), "");
  const page = PAGES[next.stage] || PAGES.over;
  const chosen = document.querySelector("input[name=slot]:checked");
  element("view").replaceChildren(...page.content(chosen && chosen.value));
  element("view").hidden = false;
  element("actions").replaceChildren(...page.actions());
  lobby(next.stage === "scheduled");
  showCall(next.call);
  chat.stateChanged();
  tick();
}

function lobby(open) {
  const wasOpen = !element("lobby").hidden;
  element("lobby").hidden = !open;
  if (open && !wasOpen) checkDevices();
  if (!open) closeCheck();
}

function closeCheck() {
  devices.stop(element("self-check").srcObject);
  element("self-check").srcObject = null;
}

async function checkDevices() {
  closeCheck();
  const found = await devices.check(element("self-check"));
  const line = made("li", found.title, found.ok ? "ok" : "warn");
  line.append(made("span", found.text, "small"));
  element("checks").replaceChildren(line);
}

const PAGES = {
  waiting_for_times: {
    content: () => [made("h2", "Врач изучает документы"), made("p", `${words.doctor(state)}. Когда время будет предложено, оно появится здесь.`, "lead")],
    actions: () => [chatButton(true)],
  },
  choose_time: { content: slots, actions: slotButtons },
  scheduled: { content: countdown, actions: lobbyButtons },
  after_call: {
    content: () => [made("h2", "Врач пишет заключение"), made("p", "Заключение появится на этой странице. Её можно закрыть и открыть снова по той же ссылке.", "lead")],
    actions: () => [chatButton(true)],
  },
  conclusion_ready: {
    content: () => [made("h2", "Заключение готово"), made("p", `${words.doctor(state)}. Документ подписан электронной подписью.`, "lead")],
    actions: () => [button("Скачать PDF", download, "main"), chatButton()],
  },
  over: {
    content: () => [made("h2", "Консультация завершена"), made("p", "Если нужна новая консультация, обратитесь в клинику.", "lead")],
    actions: () => [chatButton()],
  },
};

function slots(chosen) {
  const doctor = made("p", `${words.doctor(state)}. Ваши документы изучены.`, "lead");
  const cards = state.slots.map((slot, place) => card(slot, chosen ? slot.id === chosen : place === 0));
  const facts = made("ul", "", "facts");
  const answer = made("li", `Ответьте до ${words.moment(state.slots[0]?.held_until, state.patient_time_zone)}`, "info");
  answer.append(made("span", "Потом время получит другой пациент.", "small"));
  const phone = made("li", "Нужен телефон с камерой и Chrome", "info");
  phone.append(made("span", "Проверить камеру можно заранее.", "small"));
  facts.append(answer, phone);
  return [made("h2", "Врач предложил время"), doctor, ...cards, facts];
}

function card(slot, checked) {
  const label = made("label", "", "slot");
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "slot", value: slot.id, checked });
  const place = state.patient_place ? `, ${state.patient_place}` : "";
  label.append(
    input,
    made("b", words.day(slot.start, state.patient_time_zone)),
    made("span", words.time(slot.start, state.patient_time_zone), "big"),
    made("span", `ваше время${place}`),
    made("span", `${words.centreTime(slot.start, state)}, ${slot.minutes} минут`, "small"),
  );
  return label;
}

function slotButtons() {
  const accept = () => api.post("/slots/accept", { slot_id: document.querySelector("input[name=slot]:checked").value }).then(show);
  const refuse = () => api.post("/slots/refuse").then(show);
  return [button("Мне подходит", accept, "main"), button("Другое время", refuse, "wide"), made("p", `Отказов: ${state.refusals} из 3`)];
}

function countdown() {
  const box = made("div", "", "countdown");
  const slot = state.slots[0];
  const big = made("p", "", "big");
  big.id = "countdown";
  const label = made("p", "До начала", "");
  label.id = "countdown-label";
  box.append(label, big);
  if (slot) box.append(made("p", words.when(slot.start, state.patient_time_zone, now())), made("p", words.centreTime(slot.start, state), "small"));
  return [box];
}

function lobbyButtons() {
  const cancel = button("Отменить", () => confirm("Отменить консультацию? Время получит другой пациент.") && api.post("/cancel").then(show));
  cancel.disabled = !state.can_cancel;
  const running = state.call && state.call.state === "active" && !talk.isOn;
  const first = running ? button("Вернуться к разговору", comeBack, "main") : chatButton(true);
  return [first, button("Проверить снова", checkDevices), cancel];
}

function chatButton(main) {
  const unread = state.unread ? ` (${state.unread})` : "";
  return button(state.can_write ? `Написать врачу${unread}` : `Переписка${unread}`, () => chat.open(), main ? "main" : "");
}

function button(text, work, kind) {
  const pressed = made("button", text, kind);
  pressed.addEventListener("click", () => run(pressed, work));
  return pressed;
}

// One press is one order: the button waits for its answer.
async function run(pressed, work) {
  pressed.disabled = true;
  try {
    await work();
  } catch (error) {
    note(element("notice"), words.refusal(error), true);
    if (error instanceof api.Refused && error.status === 409) await refresh().catch(() => undefined);
  }
  pressed.disabled = false;
}

function showCall(call) {
  const rings = call !== null && call.state === "ringing" && !talk.isOn;
  element("ring").hidden = !rings;
  element("ring-doctor").textContent = words.doctor(state);
  if (talk.isOn && (call === null || call.id !== talk.call.id)) talk.end();
  if (call !== null) talk.changed(call);
  element("call").hidden = !talk.isOn;
  element("call-doctor").textContent = state.doctor_name;
  for (const [id, kind] of [["mic", "audio"], ["cam", "video"]]) element(id).setAttribute("aria-pressed", String(talk.isSending(kind)));
}

async function answer(channel) {
  closeCheck();
  await talk.answer(state.call, channel);
  showCall(talk.call);
  if (channel === "text") chat.open();
}

async function comeBack() {
  closeCheck();
  await talk.comeBack(state.call);
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
    big.textContent = left > 0 ? words.left(left) : words.time(slot.start, state.patient_time_zone);
    element("countdown-label").textContent = left > 0 ? "До начала" : "Ждём звонка врача";
    if (left > 0 && left < LOBBY_MS && !toldHere) {
      toldHere = true;
      events.here();
    }
  }
  if (talk.isOn && state.consultation_started_at) {
    const passed = now() - Date.parse(state.consultation_started_at);
    element("call-clock").textContent = words.left(Math.max(passed, 0));
    const rest = CALL_MS - passed;
    element("call-left").textContent = rest < CALL_MS / 6 && rest > 0 ? `осталось ${words.left(rest)}` : "";
    element("call-left").parentElement.classList.toggle("late", rest < CALL_MS / 6);
  }
}

const HEARD = {
  patient_changed: (event) => show(event.state),
  message_posted: (event) => chat.posted(event.message),
  call_changed: (event) => {
    state.call = event.call.ended_at ? null : event.call;
    showCall(state.call);
  },
  call_signalled: (event) => talk.hear(event.signal),
};

const events = api.stream({
  onOpen: () => {
    toldHere = false;
    refresh().then(() => talk.catchUp()).then(() => chat.refresh()).catch((error) => note(element("notice"), words.refusal(error), true));
  },
  onEvent: (event) => state && HEARD[event.type] && HEARD[event.type](event),
  onLost: () => note(element("notice"), "Нет связи с клиникой. Соединяем снова…", true),
  onRefused: () => note(element("notice"), words.refusal(new api.Refused(401, "link_not_good")), true),
});

for (const channel of ["video", "audio", "text"]) {
  const pressed = element(`answer-${channel}`);
  pressed.addEventListener("click", () => run(pressed, () => answer(channel)));
}
element("decline").addEventListener("click", () => run(element("decline"), () => api.post(`/calls/${state.call.id}/decline`).then(refresh)));
element("hang-up").addEventListener("click", () => run(element("hang-up"), () => talk.hangUp().then(refresh)));
element("mic").addEventListener("click", () => run(element("mic"), () => talk.toggle("audio").then(() => showCall(talk.call))));
element("cam").addEventListener("click", () => run(element("cam"), () => talk.toggle("video").then(() => showCall(talk.call))));
element("call-chat").addEventListener("click", () => chat.open());
element("remote").addEventListener("click", () => element("remote").play());
setInterval(tick, 250);
refresh().catch((error) => note(element("notice"), words.refusal(error), true));
