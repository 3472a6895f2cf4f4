// The beep for new prospects: off until the person turns it on.
import { signal } from "@preact/signals";

const KEY = "assay.sound";
/** Alerts that arrive together make one sound. */
const PAUSE = 1500;
/** Two short tones, in hertz. */
const TONES = [659, 880];
const LENGTH = 0.12;

/** Whether new prospects beep. */
export const sound = signal(stored());

let audio: AudioContext | undefined;
let last = -PAUSE;

/** Turns the beep on, and plays it once, or off. Remembered in this browser. */
export function setSound(on: boolean) {
  sound.value = on;
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // Storage is barred: the choice holds until the page is left.
  }
  if (on) beep();
}

/** Plays the beep, where the browser lets us: it wants a press on the page first. */
export async function beep() {
  if (performance.now() - last < PAUSE) return;
  last = performance.now();
  audio ??= new AudioContext();
  await audio.resume();
  TONES.forEach((hertz, i) => tone(audio!, hertz, audio!.currentTime + i * LENGTH));
}

function tone(context: AudioContext, hertz: number, at: number) {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.12, at + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.001, at + LENGTH);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + LENGTH);
}

function stored() {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
}
