// What the page shows at each stage of the consultation.
import { documentsView } from "/p/documents.js";
import { emailActions, emailView } from "/p/email.js";
import { fact, facts, icon, made } from "/p/dom.js";
import { endView } from "/p/ends.js";
import { dataView } from "/p/own_data.js";
import * as words from "/p/words.js";

export const LOBBY_MS = 15 * 60000;

export function content(state, page) {
  if (page.showsConsents()) return { view: given(page), actions: [button("Назад", page.hideConsents, "main")] };
  if (page.ownData()) return { view: dataView(page.ownData()), actions: [button("Отправить в клинику", page.sendData, "main"), button("Назад", page.hideData, "wide")] };
  if (page.email()) return { view: emailView(page.email(), page.isOtherEmail()), actions: emailActions(page.email(), page.isOtherEmail(), page).map((one) => button(...one)) };
  if (asksForConsent(state)) return { view: CONSENT.view(state, page), actions: CONSENT.actions(state, page) };
  if (showsDocuments(state, page)) return { view: documentsView(state, page), actions: [button("Назад", page.hideDocuments, "main")] };
  const stage = STAGES[state.stage] || END;
  return { view: [...stage.view(state, page), ...mine(state, page)], actions: stage.actions(state, page) };
}

const BEFORE_CALL = ["waiting_for_times", "choose_time", "scheduled"];
const WITH_CONSENTS = ["documents", ...BEFORE_CALL, "after_call", "conclusion_ready"];

const showsDocuments = (state, page) => page.showsDocuments() && state.items.length > 0 && BEFORE_CALL.includes(state.stage);

// What can be looked at beside what the stage is about.
function mine(state, page) {
  const buttons = [];
  if (state.items.length && BEFORE_CALL.includes(state.stage)) buttons.push(button("Мои документы", page.showDocuments, "quiet"));
  if (WITH_CONSENTS.includes(state.stage)) buttons.push(button("Мои согласия", page.showConsents, "quiet"), button("Мои данные", page.showData, "quiet"));
  if (state.sends_email && WITH_CONSENTS.includes(state.stage)) buttons.push(button("Моя почта", page.showEmail, "quiet"));
  if (state.stage !== "scheduled" && state.can_cancel) buttons.push(button("Отменить заявку", page.cancel, "quiet"));
  const links = made("div", "", "links");
  links.append(...buttons);
  return buttons.length ? [links] : [];
}

// What was agreed to, in the words of that time, and the way back out of it (SPB-13).
function given(page) {
  const there = page.consents().filter((one) => one.given_at && !one.withdrawn_at);
  const cards = there.map((one) => {
    const card = made("section", "", "consent");
    const back = button(words.agreement(one).withdraw, (pressed) => page.withdraw(pressed, one), "quiet");
    card.append(made("b", one.title), made("p", one.text, "small"), back);
    return card;
  });
  const heading = there.some(words.isContract) ? "Мои согласия и договор" : "Мои согласия";
  return [title(heading), ...(cards.length ? cards : [lead("Согласий нет.")])];
}

const title = (text) => made("h2", text);
const lead = (text) => made("p", text, "lead");
const SAME_LINK = fact.bind(null, "info", "Страницу можно закрыть", "Она откроется по той же ссылке.");

const END = {
  view: endView,
  actions: (state, page) => [chatButton(state, page)],
};

const STAGES = {
  documents: {
    view: documentsView,
    actions: (state, page) => [chatButton(state, page)],
  },
  waiting_for_times: {
    view: (state) => [
      title("Врач изучает документы"),
      lead(words.doctor(state)),
      facts(fact("clock", "Предложенное время появится здесь", "Выберите его или попросите другое."), SAME_LINK()),
    ],
    actions: (state, page) => [chatButton(state, page, true)],
  },
  choose_time: { view: slots, actions: slotButtons },
  scheduled: { view: countdown, actions: lobbyButtons },
  after_call: {
    view: (state) => [
      title("Врач пишет заключение"),
      lead(words.doctor(state)),
      facts(fact("ok", "Разговор состоялся"), fact("clock", "Заключение появится на этой странице", "Его можно будет скачать."), SAME_LINK()),
    ],
    actions: (state, page) => [chatButton(state, page, true)],
  },
  conclusion_ready: {
    view: (state) => [
      title("Заключение готово"),
      lead(words.doctor(state)),
      facts(fact("ok", "Подписано электронной подписью", "Файл PDF откроется на телефоне и на компьютере."), fact("info", "Сохраните файл у себя", "Срок ссылки на эту страницу ограничен."), state.sends_email && fact("info", "Заключение приходит и на почту", "Адрес укажите по кнопке «Моя почта».")),
    ],
    actions: (state, page) => [button("Скачать PDF", page.download, "main", "download"), chatButton(state, page)],
  },
};

// Three separate consents (DRC-2), and the contract of who pays (SOK-2): one at a time, with its own words and button.
const CONSENT = {
  view: (state, page) => {
    const asked = page.askedConsent();
    if (!asked) return [title("Нужно ваше согласие"), lead("Загружаем текст…")];
    return [title(asked.title), made("p", asked.text, "text"), facts(fact("info", words.agreementsLeft(state.missing_consents), words.agreement(asked).later))];
  },
  actions: (state, page) => [...(page.askedConsent() ? [button(words.agreement(page.askedConsent()).give, page.consent, "main", "check")] : []), chatButton(state, page)],
};

export function asksForConsent(state) {
  return state.missing_consents.length > 0 && ["documents", ...BEFORE_CALL].includes(state.stage);
}

// The link opens nothing (more): why, and what to do.
export function closed(error) {
  return error.code === "too_many_attempts"
    ? [title("Слишком много попыток"), lead("Подождите минуту и обновите страницу.")]
    : [title("Ссылка не действует"), lead("Срок ссылки вышел, или клиника её отозвала. Попросите у клиники новую и откройте её целиком."), facts(fact("info", "Запись не пропадает", "С новой ссылкой всё будет на месте."))];
}

function slots(state) {
  const before = document.querySelector("input[name=slot]:checked");
  const chosen = state.slots.find((slot) => before && slot.id === before.value) || state.slots[0];
  const cards = state.slots.map((slot) => card(state, slot, slot === chosen));
  return [
    title("Врач предложил время"),
    lead(`${words.doctor(state)}. Ваши документы изучены.`),
    ...cards,
    facts(
      fact("clock", `Ответьте до ${words.moment(state.slots[0]?.held_until, state.patient_time_zone)}`, "Потом время получит другой пациент."),
      fact("video", "Нужен телефон с камерой и Chrome", "Подойдёт и компьютер. Камеру можно проверить заранее."),
      fact("info", "Отменить можно до начала консультации", "После начала она спишется как использованная."),
    ),
  ];
}

function card(state, slot, checked) {
  const label = made("label", "", state.slots.length > 1 ? "slot several" : "slot");
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "slot", value: slot.id, checked });
  const place = state.patient_place ? `, ${state.patient_place}` : "";
  label.append(
    input,
    made("b", words.day(slot.start, state.patient_time_zone)),
    made("span", words.time(slot.start, state.patient_time_zone), "big"),
    made("span", `ваше время${place}`),
    made("span", `${words.centreTime(slot.start, state)}, ${words.minutes(slot.minutes)}`, "small"),
  );
  return label;
}

function slotButtons(state, page) {
  const refused = state.refusals ? [made("p", `Отказов: ${state.refusals} из 3`)] : [];
  return [button("Мне подходит", page.accept, "main", "check"), button("Другое время", page.refuse, "wide"), ...refused];
}

function countdown(state, page) {
  if (isElsewhere(state, page)) return ELSEWHERE();
  const box = made("div", "", "countdown");
  const slot = state.slots[0];
  const big = made("p", "", "big");
  big.id = "countdown";
  const label = made("p", "");
  label.id = "countdown-label";
  label.setAttribute("role", "status");
  box.append(label, big);
  if (slot) box.append(made("p", words.when(slot.start, state.patient_time_zone, page.now())), made("p", words.centreTime(slot.start, state), "small"));
  return page.hasMissed() ? [box, facts(fact("warning", "Вы не ответили на звонок", "Врач может позвонить ещё раз. Не закрывайте страницу."))] : [box];
}

function lobbyButtons(state, page) {
  if (isElsewhere(state, page)) return [button("Вернуться к разговору", page.comeBack, "main", "video"), chatButton(state, page)];
  const cancel = button("Отменить", page.cancel);
  cancel.disabled = !state.can_cancel && !state.can_cancel_late;
  return [chatButton(state, page, true), button(page.isChecked() ? "Проверить снова" : "Проверить связь", page.check), cancel];
}

const ELSEWHERE = () => [
  title("Разговор с врачом идёт"),
  lead("Он открыт в другой вкладке, на другом устройстве или прервался."),
  facts(fact("video", "Его можно продолжить здесь", "Там, где он открыт, он закончится: врач видит и слышит одну страницу.")),
];

// A call runs, and this page is not the one that has it.
const isElsewhere = (state, page) => state.call !== null && state.call.state === "active" && !page.isTalking();

function chatButton(state, page, main) {
  const unread = state.unread ? ` (${state.unread})` : "";
  return button(state.can_write ? `Написать врачу${unread}` : `Переписка${unread}`, page.openChat, main ? "main" : "wide", "chat");
}

function button(text, work, kind, drawn) {
  const pressed = made("button", "", kind);
  if (drawn) pressed.append(icon(drawn));
  pressed.append(made("span", text));
  pressed.addEventListener("click", () => work(pressed));
  return pressed;
}
