// Whether a file is the one that was signed: its SHA-256 is made here, the file itself stays here.
import { Sha256 } from "./sha256.js";

const PIECE = 4 * 1024 * 1024;
const at = (id) => document.getElementById(id);
const base = location.pathname.replace(/\/$/, "");

function say(place, kind, title, detail) {
  place.className = `notice ${kind}`;
  const bold = document.createElement("b");
  bold.textContent = title;
  place.replaceChildren(bold, detail);
  place.hidden = false;
}

function fact(name, value) {
  const term = document.createElement("dt");
  const said = document.createElement("dd");
  term.textContent = name;
  said.textContent = value;
  at("facts").append(term, said);
}

function moment(text, zone) {
  const shown = { dateStyle: "long", timeStyle: "short", timeZone: zone };
  return new Date(text).toLocaleString("ru-RU", shown);
}

async function proof(sha256) {
  const query = sha256 ? `?sha256=${sha256}` : "";
  const answer = await fetch(`${base}/proof${query}`, { cache: "no-store" });
  if (answer.status === 404 || answer.status === 400) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function showState(one) {
  const place = at("state");
  if (!one.is_kept) {
    say(place, "bad", "Подтвердить документ нельзя", "Файл, который хранится в центре, не совпадает с подписанным. Обратитесь в центр.");
  } else if (one.replaced_by) {
    say(place, "doubt", "Документ заменён", `Он был подписан, но вместо него выдано заключение № ${one.replaced_by}.`);
  } else if (one.signers < one.signers_needed) {
    say(place, "doubt", "Документ ещё не утверждён", "Он подписан врачом, но не утверждён центром и пациенту не выдан.");
  } else if (!one.is_delivered) {
    say(place, "doubt", "Документ не выдан", "Он подписан, но пациенту не передавался.");
  } else {
    say(place, "good", "Документ действует", "Такое заключение подписано и выдано, новой редакции нет.");
  }
}

function showFacts(one) {
  at("centre").textContent = one.centre;
  at("facts").replaceChildren();
  fact("Номер", `№ ${one.number}`);
  fact("Выдан", one.centre);
  fact("Подписан врачом", moment(one.signed_at, one.time_zone));
  if (one.approved_at) fact("Утверждён", moment(one.approved_at, one.time_zone));
  fact("Подписей в файле", one.signers);
  at("facts").hidden = false;
  at("own").hidden = false;
}

const VERDICTS = {
  same: ["good", "Это тот самый файл", "Он до последнего байта совпадает с подписанным, который хранится в центре."],
  without_approval: ["doubt", "Файл подлинный, но неполный", "Это заключение до утверждения центром: второй подписи в нём нет."],
  before_lifting: ["good", "Файл подлинный", "Подписи в нём те же. Позже центр добавил к документу штампы времени: скачайте его заново, если он нужен надолго."],
  other_edition: ["doubt", "Это другая редакция", "Файл подписан, но это не та редакция, код которой вы проверяете."],
  other: ["bad", "Это не тот файл", "Он не совпадает ни с одним подписанным: изменён или это другой документ. Печать на бумаге и повторное сохранение тоже меняют файл."],
};

// Which edition the file is, and which one stands now.
function which(one) {
  if (!one.file_number) return "";
  const said = ` Ваш файл — заключение № ${one.file_number}`;
  if (!one.stands) return `${said}, пациенту оно ещё не выдано.`;
  if (one.stands === one.file_number) return `${said}, действует именно эта редакция.`;
  return `${said}, сейчас действует № ${one.stands}.`;
}

async function digest(file) {
  const sum = new Sha256();
  for (let start = 0; start < file.size; start += PIECE) {
    sum.update(new Uint8Array(await file.slice(start, start + PIECE).arrayBuffer()));
  }
  return sum.hex();
}

let last = 0; // the file that was chosen last is the one that is judged

async function check(file) {
  const place = at("verdict");
  if (!file) return;
  const number = ++last;
  say(place, "", "Проверяем…", "");
  try {
    const one = await proof(await digest(file));
    if (number !== last) return;
    const [kind, title, detail] = VERDICTS[one.match];
    const replaced = one.file_number && one.stands && one.stands !== one.file_number;
    say(place, replaced ? "doubt" : kind, title, detail + which(one));
  } catch {
    if (number !== last) return;
    say(place, "bad", "Проверить не удалось", "Нет связи с центром или файл не читается. Попробуйте ещё раз.");
  }
}

async function start() {
  try {
    const one = await proof("");
    if (one === null) {
      say(at("state"), "bad", "Такого документа нет", "Проверьте адрес: он напечатан под кодом на последней странице заключения.");
      return;
    }
    showState(one);
    showFacts(one);
  } catch {
    say(at("state"), "bad", "Проверить не удалось", "Нет связи с центром. Обновите страницу позже.");
  }
}

at("file").addEventListener("change", (event) => {
  check(event.target.files[0]);
  event.target.value = ""; // the same name once more may be another file by then
});
for (const name of ["dragover", "dragleave", "drop"]) {
  at("drop").addEventListener(name, (event) => {
    event.preventDefault();
    at("drop").classList.toggle("over", name === "dragover");
    if (name === "drop") check(event.dataTransfer.files[0]);
  });
}
start();
