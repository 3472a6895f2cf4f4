import { useComputed } from "@preact/signals";
import { now } from "../state/clock";
import { agoWord } from "../words";

/** How long ago something happened, kept up to date. */
export function Freshness({ at }: { at: string }) {
  const ago = useComputed(() => agoWord(now.value - Date.parse(at)));
  return (
    <time class="fresh" dateTime={at} title={new Date(at).toLocaleString()}>
      {ago}
    </time>
  );
}
