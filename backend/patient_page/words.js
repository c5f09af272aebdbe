// Times and sentences in Russian. A moment is shown in the patient's zone and in the centre's (OZ-24).
const format = (moment, zone, options) => new Intl.DateTimeFormat("ru-RU", { timeZone: zone, ...options }).format(new Date(moment));
const two = (number) => String(number).padStart(2, "0");

export const time = (moment, zone) => format(moment, zone, { hour: "2-digit", minute: "2-digit" });

export function day(moment, zone) {
  const text = format(moment, zone, { weekday: "long", day: "numeric", month: "long" });
  return text[0].toUpperCase() + text.slice(1);
}

export function moment(at, zone) {
  return at ? `${format(at, zone, { day: "numeric", month: "long" })}, ${time(at, zone)}` : "";
}

export function when(at, zone, now) {
  const today = day(at, zone) === day(now, zone);
  return `${today ? "сегодня" : format(at, zone, { day: "numeric", month: "long" })} в ${time(at, zone)} по вашему времени`;
}

export function centreTime(at, state) {
  const name = state.centre_time_zone === "Europe/Moscow" ? "по Москве" : "по времени центра";
  return `${time(at, state.centre_time_zone)} ${name}`;
}

export function left(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (days) return `${days} д ${hours} ч`;
  return hours ? `${hours}:${rest}` : rest;
}

export function doctor(state) {
  if (!state.doctor_name) return "Врач ещё не назначен";
  return state.doctor_post ? `${state.doctor_name}, ${state.doctor_post.toLowerCase()}` : state.doctor_name;
}

export function shortName(name) {
  const [family, ...given] = name.split(" ");
  return [family, ...given.map((word) => `${word[0]}.`)].join(" ");
}

const FORMS = { one: "минута", few: "минуты", many: "минут", other: "минуты" };
export const minutes = (count) => `${count} ${FORMS[new Intl.PluralRules("ru").select(count)]}`;

// When a message was written: the time, with the day where it is not today.
export function sent(at, zone) {
  return day(at, zone) === day(Date.now(), zone) ? time(at, zone) : moment(at, zone);
}

const FILES = { one: "файл", few: "файла", many: "файлов", other: "файла" };
export const files = (count) => `${count} ${FILES[new Intl.PluralRules("ru").select(count)]}`;

const number = (value, digits) => new Intl.NumberFormat("ru-RU", { maximumFractionDigits: digits }).format(value);

export function bytes(count) {
  if (count < 1024 ** 2) return `${number(Math.max(count / 1024, 1), 0)} КБ`;
  return count < 1024 ** 3 ? `${number(count / 1024 ** 2, 1)} МБ` : `${number(count / 1024 ** 3, 1)} ГБ`;
}

export function sentOf(file) {
  if (file.sent === file.size) return "Клиника проверяет файл…";
  return `${Math.floor((100 * file.sent) / file.size) || 0} % из ${bytes(file.size)}`;
}

const PAID = "paid_services";
const CONSENT = {
  give: "Даю согласие",
  withdraw: "Отозвать",
  question: "Отозвать согласие?",
  meaning: "Консультация не состоится, разговор закончится, документы закроются для врача.",
  keep: "Не отзывать",
  later: "Без них консультация не начнётся. Отозвать можно здесь же.",
};
const CONTRACT = {
  give: "Принимаю договор",
  withdraw: "Отказаться",
  question: "Отказаться от договора?",
  meaning: "Консультация не состоится, разговор закончится. Документы останутся доступны.",
  keep: "Не отказываться",
  later: "Без него консультация не начнётся. Отказаться можно здесь же.",
};

// A consent is given and withdrawn; the contract of paid services (SOK-2) is accepted and refused.
export const isContract = (one) => one.kind === PAID;
export const agreement = (one) => (isContract(one) ? CONTRACT : CONSENT);

export function agreementsLeft(kinds) {
  if (kinds.length === 1) return kinds[0] === PAID ? "Остался только договор" : "Это последнее согласие";
  return `Осталось согласий${kinds.includes(PAID) ? " вместе с договором" : ""}: ${kinds.length}`;
}

// What is left of the payer's programme, and what will be (DRC-17); empty where it counts nothing.
export function quota(state, used = 0) {
  if (state.quota_left === null || state.quota_total === null) return "";
  const left = Math.max(state.quota_left - used, 0);
  return `${used ? "Останется" : "Осталось"} консультаций: ${left}\u00a0из\u00a0${state.quota_total}`;
}

const FILE_TROUBLES = {
  file_empty: () => "Файл пустой. Выберите другой.",
  file_too_large: (file) => `Файл слишком большой: ${bytes(file.size)}, а можно до 4 ГБ. Передайте его в клинику на диске.`,
  file_type: () => "Такой файл врач не откроет. Сохраните его как PDF или сфотографируйте. Подойдут PDF, JPEG, PNG и DICOM.",
  file_gone: () => "Файл изменился или стал недоступен. Выберите его снова.",
  other_file: (file) => `Это другой файл. Нужен тот же: «${file.name}», ${bytes(file.size)}.`,
  hash_mismatch: () => "Файл дошёл с ошибкой, и мы его убрали. Отправьте снова.",
  not_found: () => "Отправка прервалась надолго, начатое не сохранилось. Отправьте снова.",
  upload_over: () => "Этот файл уже отправлен.",
  too_many_uploads: () => "У заявки слишком много файлов. Уберите неоконченные отправки или напишите врачу.",
  move_not_allowed: () => "Заявка закрыта: файлы больше не нужны.",
};

export const fileTrouble = (file) => (FILE_TROUBLES[file.trouble] || (() => "Не получилось отправить. Попробуйте снова."))(file);

const HOPELESS = ["file_empty", "file_too_large", "file_type", "file_gone", "upload_over", "move_not_allowed"];
export const canSendAgain = (file) => !HOPELESS.includes(file.trouble);

const SEXES = { female: "женский", male: "мужской" };

// One of the personal data as people write it.
export function datum(field, value) {
  if (field === "birth_date") return value.split("-").reverse().join(".");
  return field === "sex" ? SEXES[value] || value : value;
}

const REFUSALS = {
  invalid: "Клиника этого не приняла. Проверьте, что вы написали.",
  link_not_good: "Ссылка больше не действует. Попросите у клиники новую.",
  too_many_attempts: "Слишком много попыток. Подождите минуту и обновите страницу.",
  slot_gone: "Это время уже не предлагается.",
  stale_version: "Пока страница была открыта, врач предложил другое. Ничего не отправлено: ниже то, что есть сейчас.",
  call_over: "Звонок уже закончился. Врач может позвонить ещё раз.",
  chat_closed: "Консультация завершена, чат закрыт.",
  move_not_allowed: "Сейчас это сделать нельзя: состояние консультации изменилось.",
  file_changed: "Файл заключения повреждён. Обратитесь в клинику.",
  not_found: "Этого больше нет.",
  bad_address: "Это не адрес почты. Нужен адрес латинскими буквами, как name@example.com.",
  wrong_code: "Код не подошёл или больше не действует. Проверьте цифры или запросите новый.",
  too_many_codes: "Кодов было слишком много. Попробуйте через час.",
  email_not_set_up: "Клиника не отправляет документы по почте.",
  consent_missing: "Согласие отозвано, поэтому документы закрыты. Обратитесь в клинику.",
};

export function refusal(error) {
  return REFUSALS[error.code] || "Не получилось: нет связи с клиникой. Попробуйте ещё раз.";
}
