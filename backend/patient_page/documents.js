// The documents that the doctor needs: what is missing, why, and the files that are on their way (OZ-4).
import { element, fact, facts, icon, made } from "/p/dom.js";
import { ACCEPT } from "/p/file_content.js";
import { FAILED, LEFT, QUEUED, WAITING } from "/p/uploads.js";
import * as words from "/p/words.js";

export function documentsView(state, page) {
  const needed = state.items.filter((one) => one.is_needed);
  const others = state.items.filter((one) => !one.is_needed);
  const view = [made("h2", heading(state, needed)), ...why(state, needed)];
  view.push(...needed.map((one) => card(one, page)));
  if (others.length) view.push(made("h3", needed.length ? "Можно добавить" : "Документы"), ...others.map((one) => card(one, page)));
  view.push(
    facts(
      fact("info", "Подойдут фото, PDF и снимки DICOM", "Страницы можно снять телефоном и выбрать все сразу. Файл до 4 ГБ."),
      page.isSending()
        ? fact("warning", "Не закрывайте страницу, пока идёт отправка", "Если связь прервётся, отправка продолжится сама.")
        : fact("clock", "Отправить можно по частям", "Страница откроется по той же ссылке."),
    ),
  );
  return view;
}

function heading(state, needed) {
  if (!needed.length) return "Мои документы";
  return needed.some((one) => one.is_asked) ? "Врач просит документы" : "Нужны документы";
}

function why(state, needed) {
  if (!needed.length) return [made("p", "Всё нужное есть. Врач изучит документы.", "lead")];
  const lead = made("p", "Заявка ждёт их. Как только они придут, врач продолжит.", "lead");
  if (!state.why_asked) return [lead];
  const said = made("blockquote", "");
  said.append(made("span", "Врач пишет", "small"), made("p", state.why_asked));
  return [lead, said];
}

function card(item, page) {
  const box = made("section", "", item.is_needed ? "item needed" : "item");
  const text = made("div", "");
  text.append(made("b", item.title), made("span", standing(item), "small"));
  const files = page.files(item.code);
  const isFirst = !files.length && (item.is_needed || !item.file_count);
  const add = made("button", "", item.is_needed ? (isFirst ? "main" : "") : "quiet");
  add.append(made("span", isFirst ? "Выбрать файл" : "Добавить файл"));
  add.setAttribute("aria-label", `${add.textContent}: ${item.title}`);
  add.addEventListener("click", () => chooseFiles((chosen) => page.choose(item.code, chosen)));
  box.append(text, ...files.map((one) => line(one, page)), add);
  return box;
}

function standing(item) {
  const sent = item.file_count ? `Отправлено: ${words.files(item.file_count)}` : "";
  if (item.is_asked) return sent ? `Просит врач. ${sent}` : "Просит врач";
  if (sent) return sent;
  return item.is_needed ? "Без него заявка ждёт" : "Если есть";
}

// One file: its name, how far it is, what is wrong with it and what helps.
export function line(one, page) {
  const box = made("div", "", one.trouble ? "file bad" : "file");
  const bar = Object.assign(document.createElement("progress"), { id: `bar-${one.number}`, max: one.size || 1, value: one.sent });
  bar.setAttribute("aria-label", one.name);
  const far = made("span", words.sentOf(one), "small");
  far.id = `far-${one.number}`;
  box.append(made("span", one.name, "name"));
  if (one.phase !== FAILED) box.append(bar, far);
  const said = one.trouble ? words.fileTrouble(one) : PHASES[one.phase] || "";
  if (said) box.append(note(one, said));
  box.append(...buttons(one, page));
  return box;
}

const PHASES = {
  [QUEUED]: "Ждёт очереди",
  [WAITING]: "Нет связи. Отправка продолжится сама, когда она вернётся.",
  [LEFT]: "Отправка прервалась. Выберите этот же файл, и она продолжится.",
};

function note(one, text) {
  const said = made("p", "", "small");
  said.setAttribute("role", one.trouble ? "alert" : "status");
  if (one.trouble || one.phase === WAITING || one.phase === LEFT) said.append(icon("warning"));
  said.append(made("span", text));
  return said;
}

function buttons(one, page) {
  const box = made("div", "", "pair");
  const button = (text, work, kind = "quiet") => {
    const pressed = made("button", text, kind);
    pressed.setAttribute("aria-label", `${text}: ${one.name}`);
    pressed.addEventListener("click", work);
    box.append(pressed);
  };
  if (one.phase === LEFT) button("Выбрать его снова", () => chooseFiles((chosen) => page.choose(one.item, chosen, one), false), "");
  if (one.phase === FAILED && words.canSendAgain(one)) button("Отправить снова", () => page.sendAgain(one), "");
  button(one.phase === FAILED ? "Убрать" : "Не отправлять", () => page.stopFile(one));
  return [box];
}

// How far a file is, without drawing anything else anew.
export function showProgress(one) {
  const [bar, far] = [element(`bar-${one.number}`), element(`far-${one.number}`)];
  if (bar) bar.value = one.sent;
  if (far) far.textContent = words.sentOf(one);
}

export function chooseFiles(work, several = true) {
  const input = element("files");
  input.accept = ACCEPT;
  input.multiple = several;
  input.value = "";
  input.onchange = () => input.files.length && work([...input.files]);
  input.click();
}
