// The patient's own data: what the clinic has, what waits for its word, a form for what has changed (DRC-14).
import { fact, facts, made } from "/p/dom.js";
import * as words from "/p/words.js";

const RELATION = "representative_relation";
const FIELDS = {
  full_name: { label: "Фамилия, имя, отчество", required: true, maxLength: 200, autocomplete: "name" },
  birth_date: { label: "Дата рождения", type: "date", required: true, min: "1900-01-01" },
  sex: { label: "Пол", options: { female: "Женский", male: "Мужской" } },
  phone: { label: "Телефон", type: "tel", pattern: "\\+?[0-9][0-9 \\(\\)\\-]{4,30}", maxLength: 32, autocomplete: "tel" },
  place: { label: "Место жительства", required: true, maxLength: 200 },
  representative_name: { label: "Представитель, если за вас говорит близкий", maxLength: 200 },
  [RELATION]: { label: "Кем приходится представитель", maxLength: 200 },
};

export function dataView(data) {
  const form = made("form", "", "owndata");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.append(...Object.keys(FIELDS).map((name) => field(name, present(data, name))));
  return [
    made("h2", "Мои данные"),
    made("p", "Исправьте то, что изменилось. Клиника проверит и подтвердит, до этого в документах останутся прежние данные.", "lead"),
    ...(data.changed.length ? [facts(...data.changed.map(waits))] : []),
    form,
  ];
}

// What is written otherwise than it was shown; null where a field is not filled as it should be.
export function corrected(data) {
  const form = document.querySelector(".owndata");
  if (!form.reportValidity()) return null;
  const said = Object.keys(FIELDS).map((name) => [name, form.elements[name].value.trim()]);
  return Object.fromEntries(said.filter(([name, value]) => value !== present(data, name)));
}

function present(data, name) {
  const waiting = data.changed.find((one) => one.field === name);
  return waiting ? waiting.changed : data[name];
}

function waits(one) {
  const shown = (value) => words.datum(one.field, value) || "нет";
  return fact("clock", `Проверяется: ${FIELDS[one.field]?.label || "данные"}`, `${shown(one.confirmed)} → ${shown(one.changed)}`);
}

function field(name, value) {
  const { label, options, ...rest } = FIELDS[name];
  const whole = made("label", "", "field");
  const input = Object.assign(document.createElement(options ? "select" : "input"), { name, ...rest });
  for (const [code, text] of Object.entries(options || {})) input.append(Object.assign(made("option", text), { value: code }));
  input.value = value;
  whole.append(made("span", label), input);
  return whole;
}
