// Behind a letter's link: the document is fetched by a press alone, for programs that read letters open links, too.
const at = (id) => document.getElementById(id);
const token = location.hash.slice(1);
const PATIENT_PAGE = "Откройте свою страницу пациента по ссылке, которую дала клиника: документ лежит там. Если ссылки нет, попросите новую у клиники.";

const ENDS = {
  link_used: ["Ссылка уже сработала", "Документ по ней скачали."],
  link_over: ["Срок ссылки вышел", "Документ никуда не делся."],
  link_not_good: ["Ссылка не действует", "Откройте её из письма целиком."],
  document_replaced: ["Документ заменён", "Клиника выдала новую редакцию, прежняя по ссылке не открывается."],
  consent_missing: ["Документ закрыт", "Согласие отозвано, поэтому документы по ссылкам не выдаются."],
  file_changed: ["Документ повреждён", "Обратитесь в клинику."],
};

function end(title, text) {
  at("title").textContent = title;
  at("lead").textContent = text;
  at("fact").textContent = "Что делать";
  at("fact-text").textContent = PATIENT_PAGE;
  at("actions").hidden = true;
}

function say(kind, title, text) {
  const bold = document.createElement("b");
  bold.textContent = title;
  at("state").className = `notice ${kind}`;
  at("state").replaceChildren(bold, text);
  at("state").hidden = false;
}

function save(file) {
  const url = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: url, download: "Заключение.pdf" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  at("title").textContent = "Документ скачан";
  at("lead").textContent = "Файл PDF лежит в загрузках. Сохраните его: эта ссылка больше не откроется.";
  at("fact").textContent = "Понадобится ещё раз?";
  at("fact-text").textContent = "Документ остаётся на вашей странице пациента.";
  at("actions").hidden = true;
  at("state").hidden = true;
}

async function take() {
  at("take").disabled = true;
  try {
    const answer = await fetch("/mail/document", { method: "POST", headers: { "X-Mail-Token": token }, cache: "no-store" });
    if (answer.ok) return save(await answer.blob());
    const { code } = await answer.json().catch(() => ({}));
    if (ENDS[code]) end(...ENDS[code]);
    else if (code === "too_many_attempts") say("bad", "Слишком много попыток", "Подождите минуту и нажмите ещё раз.");
    else say("bad", "Не получилось", "Сервер клиники не ответил как надо. Попробуйте ещё раз.");
  } catch {
    say("bad", "Нет связи с клиникой", "Проверьте интернет и нажмите ещё раз.");
  }
  at("take").disabled = false;
}

at("take").addEventListener("click", take);
if (!token) end(...ENDS.link_not_good);
