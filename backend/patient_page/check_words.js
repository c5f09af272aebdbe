// What a test says to the patient: the cause, then the way out of it.
const AGAIN = "и нажмите «Проверить снова».";
const PERMISSION = {
  iphone: "Нажмите «аА» слева от адреса страницы, потом «Настройки веб-сайта», разрешите и обновите страницу.",
  phone: `Нажмите на значок слева от адреса страницы, потом «Разрешения», разрешите ${AGAIN}`,
  computer: "Нажмите на значок слева от адреса страницы и разрешите камеру и микрофон.",
};
const DEVICES = {
  camera: { no_permission: "Доступ к камере закрыт", not_found: "Камера не найдена", busy: "Камера занята", failed: "Камера не включилась" },
  microphone: { no_permission: "Доступ к микрофону закрыт", not_found: "Микрофон не найден", busy: "Микрофон занят", failed: "Микрофон не включился" },
  both: { no_permission: "Доступ к камере и микрофону закрыт", not_found: "Камера и микрофон не найдены", busy: "Камера и микрофон заняты", failed: "Камера и микрофон не включились" },
};
const MEND = {
  not_found: () => `Подключите ${AGAIN} Без камеры можно говорить голосом.`,
  no_permission: () => PERMISSION[/iPhone|iPad/.test(navigator.userAgent) ? "iphone" : window.thisBrowser.isPhone ? "phone" : "computer"],
  busy: () => `Закройте другие программы и вкладки, которые ими пользуются, ${AGAIN}`,
  failed: () => "Обновите страницу или откройте её в другом браузере.",
};
const CAMERA = {
  dark: ["Слишком темно", "Врач вас почти не увидит. Включите свет или сядьте лицом к окну."],
  covered: ["Камера закрыта", "Снимите шторку или чехол, уберите палец с камеры."],
  few_frames: ["Картинка идёт рывками", "Закройте лишние программы и включите свет поярче."],
};
const MICROPHONE = {
  silent: ["Микрофон вас не слышит", `Проверьте, не выключен ли он на наушниках, скажите что-нибудь ${AGAIN}`],
  quiet: ["Вас слышно тихо", "Говорите громче и ближе к микрофону."],
};
const SPEAKER = { not_heard: ["Звука не слышно", `Прибавьте громкость, проверьте наушники ${AGAIN}`] };
const LINE = {
  server: { no_answer: ["Нет связи с клиникой", "Проверьте Wi-Fi или мобильный интернет. Ваша запись не пропадёт."] },
  relay: {
    udp_closed: ["Сеть мешает видеосвязи", "Разговор пройдёт, но картинка может отставать. Если можно, включите другую сеть."],
    no_relay: ["Сеть может не пропустить звонок", "Выключите VPN или откройте страницу через мобильный интернет."],
  },
  speed: {
    slow_for_video: ["Связь слабая", "Подойдите к окну или включите Wi-Fi. Голос пройдёт."],
    slow_for_sound: ["Связь очень слабая", "Голос будет пропадать. Смените сеть; с врачом можно и переписываться."],
    unsteady: ["Связь медленно отвечает", "Подойдите к окну или включите Wi-Fi."],
  },
};

// Of what could not be opened: [title, text]; both in one where one cause holds for both.
export function deviceTrouble({ video, audio }) {
  if (video && audio && video === audio) return [DEVICES.both[video], MEND[video]()];
  const [kind, cause] = audio ? ["microphone", audio] : ["camera", video];
  return [DEVICES[kind][cause], MEND[cause]()];
}

// The lines of a test that is over, in the order in which they are read: [picture, title, text].
export function lines(parts, road) {
  return [...ofDevices(parts), ...ofSpeaker(parts), ...ofLine(parts, road)];
}

function ofDevices({ camera, microphone }) {
  const isClosed = (cause) => cause && cause in MEND;
  if (isClosed(camera) && camera === microphone) return [["warning", ...deviceTrouble({ video: camera, audio: microphone })]];
  return [...ofOne("camera", camera, CAMERA, "Камера работает"), ...ofOne("microphone", microphone, MICROPHONE, "Микрофон вас слышит")];
}

function ofOne(kind, cause, words, good) {
  if (cause === undefined) return [];
  if (cause === null) return [["ok", good]];
  if (cause in words) return [["warning", ...words[cause]]];
  return [["warning", ...deviceTrouble(kind === "camera" ? { video: cause } : { audio: cause })]];
}

function ofSpeaker({ speaker }) {
  if (speaker === undefined) return [];
  return [speaker === null ? ["ok", "Звук слышно"] : ["warning", ...SPEAKER[speaker]]];
}

function ofLine(parts, road) {
  const troubles = ["server", "speed", "relay"].filter((part) => parts[part]);
  if (!troubles.length) return parts.server === null ? [["ok", `Связь хорошая${speedOf(road)}`]] : [];
  return troubles.map((part) => {
    const [title, text] = LINE[part][parts[part]];
    return ["warning", part === "speed" ? title + speedOf(road) : title, text];
  });
}

function speedOf({ up_kbit, down_kbit }) {
  const megabits = Math.min(up_kbit, down_kbit) / 1000;
  const said = megabits > 10 ? "больше 10" : Math.max(megabits, 0.1).toLocaleString("ru-RU", { maximumFractionDigits: 1 });
  return `: ${said}\u00a0Мбит/с`;
}
