import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { alerts, loaded, unclaimed } from "../state/feed";
import { AlertCard } from "./AlertCard";
import { useFlip } from "./flip";

/** The rep's feed, newest first; its children are shown while it is empty. */
export function AlertList({ children }: { children: ComponentChildren }) {
  const list = useRef<HTMLOListElement>(null);
  useFlip(list);
  return (
    <section class="alerts" aria-labelledby="alerts-title">
      <h2 id="alerts-title">
        Alerts
        {unclaimed.value > 0 && <small>{unclaimed.value} unclaimed</small>}
      </h2>
      {loaded.value && !alerts.value.length && <div class="empty">{children}</div>}
      <ol ref={list} class="cards">
        {alerts.value.map((entry) => (
          <li key={entry.id} data-key={entry.id}>
            <AlertCard entry={entry} />
          </li>
        ))}
      </ol>
    </section>
  );
}
