// Camera and microphone: asks for them, and says how to mend what is missing (OZ-26).
const LOOK_MS = 100;
const HEARD = 0.02;
const HINTS = {
  NotAllowedError: ["Доступ к камере и микрофону закрыт", "Нажмите на значок слева от адреса страницы и разрешите камеру и микрофон."],
  NotFoundError: ["Камера или микрофон не найдены", "Подключите их и нажмите «Проверить снова». Без камеры можно говорить голосом."],
  NotReadableError: ["Камера или микрофон заняты", "Закройте другие программы, которые ими пользуются, и проверьте снова."],
};

export async function open(channel) {
  if (channel === "text") return new MediaStream();
  const audio = { echoCancellation: true, noiseSuppression: true };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio, video: channel === "video" && { width: { ideal: 1280 }, facingMode: "user" } });
  } catch (error) {
    if (channel !== "video") throw error;
    return navigator.mediaDevices.getUserMedia({ audio });
  }
}

export async function check(video) {
  try {
    const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: { facingMode: "user" } });
    video.srcObject = media;
    return { ok: true, media, title: "Камера работает", text: "" };
  } catch (error) {
    const [title, text] = hint(error);
    return { ok: false, title, text };
  }
}

// Waits until the microphone hears something: a device that opens may still be mute.
export async function hears(media) {
  const context = new AudioContext();
  const level = context.createAnalyser();
  context.createMediaStreamSource(media).connect(level);
  const samples = new Float32Array(level.fftSize);
  try {
    while (media.active) {
      await new Promise((done) => setTimeout(done, LOOK_MS));
      level.getFloatTimeDomainData(samples);
      if (samples.some((sample) => Math.abs(sample) > HEARD)) return true;
    }
    return false;
  } finally {
    context.close();
  }
}

export function hint(error) {
  return HINTS[error.name] || ["Камера и микрофон не открылись", "Обновите страницу или откройте её в другом браузере."];
}

export function stop(media) {
  if (media) media.getTracks().forEach((track) => track.stop());
}
