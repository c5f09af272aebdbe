// The patient's e-mail address: said, confirmed by a code from a letter, changed, removed (SOK-8, SOK-11).
import { fact, facts, made } from "/p/dom.js";

const CODE = "[0-9]{6}";

export function emailView(email, isOther) {
  const shows = isOther ? askedAddress : email.confirmed_at ? confirmed : email.waits_for_code ? askedCode : askedAddress;
  return [made("h2", "Моя почта"), ...shows(email)];
}

// Words, order and look of the buttons below.
export function emailActions(email, isOther, page) {
  const back = ["Назад", isOther ? page.sameEmail : page.hideEmail, "wide"];
  if (isOther || (!email.confirmed_at && !email.waits_for_code)) return [["Получить код", page.sayEmail, "main"], back];
  if (email.confirmed_at) return [["Назад", page.hideEmail, "main"], ["Другой адрес", page.otherEmail, "wide"], ["Убрать адрес", page.removeEmail, "quiet"]];
  return [["Подтвердить", page.confirmEmail, "main"], back, ["Новый код", page.codeAgain, "quiet"], ["Другой адрес", page.otherEmail, "quiet"]];
}

// What stands in the form's one field; null where it is not filled as it should be.
export function said() {
  const form = document.querySelector(".owndata");
  return form.reportValidity() ? form.elements[0].value.trim() : null;
}

function askedAddress(email) {
  return [
    made("p", "Заключение придёт и на почту. Сначала подтвердите адрес: мы пришлём код.", "lead"),
    form("Адрес электронной почты", { type: "text", inputMode: "email", autocomplete: "email", spellcheck: false, maxLength: 320, required: true, value: email.address }),
    facts(fact("info", "Указывайте только свой адрес", "До подтверждения медицинские документы туда не отправляются.")),
  ];
}

function askedCode(email) {
  const input = { type: "text", inputMode: "numeric", autocomplete: "one-time-code", pattern: CODE, title: "Шесть цифр", maxLength: 6, required: true };
  return [
    made("p", `Мы отправили код на ${email.address}. Он действует 30 минут.`, "lead"),
    form("Код из письма, шесть цифр", input),
    facts(fact("clock", `Осталось попыток: ${email.tries_left}`, "Письма нет? Посмотрите в папке «Спам».")),
  ];
}

function confirmed(email) {
  return [made("p", email.address, "lead"), facts(fact("ok", "Адрес подтверждён", "Заключение придёт сюда и останется на этой странице."))];
}

function form(label, options) {
  const whole = made("form", "", "owndata");
  const row = made("label", "", "field");
  row.append(made("span", label), Object.assign(document.createElement("input"), options));
  whole.addEventListener("submit", (event) => event.preventDefault());
  whole.append(row);
  return whole;
}
