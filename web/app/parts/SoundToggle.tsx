import { setSound, sound } from "../sound";

/** Turns the beep for new prospects on and off. */
export function SoundToggle() {
  return (
    <label class="toggle">
      <input type="checkbox" checked={sound} onChange={(event) => setSound(event.currentTarget.checked)} />
      <span>
        Sound<span class="spare"> for prospects</span>
      </span>
    </label>
  );
}
