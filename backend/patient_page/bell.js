// Rings while the doctor calls: a sound where the browser allows it, the phone's buzz, the tab's title.
const TITLE = document.title;
const EVERY_MS = 2000;
let timer = 0;
let sound = null;

export function ring(on) {
  if (on === Boolean(timer)) return;
  document.title = on ? "Врач звонит" : TITLE;
  clearInterval(timer);
  timer = 0;
  if (on) {
    sound = new AudioContext();
    buzz();
    timer = setInterval(buzz, EVERY_MS);
  } else {
    sound.close();
  }
}

function buzz() {
  if (navigator.userActivation && navigator.userActivation.hasBeenActive && navigator.vibrate) navigator.vibrate([300, 150, 300]);
  if (sound.state === "running") strike(sound);
}

export function strike(sound) {
  for (const [place, pitch] of [660, 550].entries()) {
    const start = sound.currentTime + place * 0.3;
    const tone = new OscillatorNode(sound, { frequency: pitch });
    const volume = new GainNode(sound, { gain: 0 });
    volume.gain.setTargetAtTime(0.2, start, 0.02);
    volume.gain.setTargetAtTime(0, start + 0.25, 0.05);
    tone.connect(volume).connect(sound.destination);
    tone.start(start);
    tone.stop(start + 0.6);
  }
}
