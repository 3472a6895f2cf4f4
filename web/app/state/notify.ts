// Telling people about a new alert: in words for screen readers, in the title, and by a sound for those who asked.
import { signal } from "@preact/signals";
import type { AlertEntry } from "../api/types";
import { beep, sound } from "../sound";
import { flashTitle } from "../title";
import { bandWord, kindWord, whoWord } from "../words";

/** The sentence that the live region holds. */
export const announcement = signal("");

/** Hand-raises below the gate are for the list alone: no sound, no flash. */
export const isQuiet = ({ data }: AlertEntry) => data.quiet || data.kind === "hand_raise";

/** Tells about an alert that just came in. */
export function notify(entry: AlertEntry) {
  const { kind, who, grade, band } = entry.data;
  const name = who.company && who.name ? `${who.name}, ${who.company}` : whoWord(who);
  announcement.value = `${kindWord(kind)}: ${name}. ${bandWord(band)}, grade ${grade}.`;
  if (isQuiet(entry)) return;
  flashTitle(`${kindWord(kind)}: ${whoWord(who)}`);
  if (sound.value) beep();
}
