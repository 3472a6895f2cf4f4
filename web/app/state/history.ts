// The feed's past, read backwards until there are enough alerts.
import * as api from "../api/calls";
import type { FeedEntry } from "../api/types";

/** Entries asked for at once. */
const WINDOW = 200;

/** What the feed held when it was read: its entries, oldest first, and the cursor of the newest. */
export interface History {
  entries: FeedEntry[];
  cursor: number;
}

/**
 * Reads the newest entries back to as many alerts as are wanted, or to the feed's beginning: claims and moves are entries
 * too. Cursors have no gaps, so the entries before one are those after a smaller one.
 */
export async function readHistory(wanted: number): Promise<History> {
  const newest = await api.newestAlerts(WINDOW);
  let entries = newest.items;
  let oldest = entries[0]?.cursor ?? 1;
  while (oldest > 1 && entries.filter(({ type }) => type === "alert").length < wanted) {
    const after = Math.max(0, oldest - 1 - WINDOW);
    const { items } = await api.alertsAfter(after, WINDOW);
    const before = oldest;
    entries = [...items.filter(({ cursor }) => cursor < before), ...entries];
    oldest = after + 1;
  }
  return { entries, cursor: Number(newest.next_cursor) || 0 };
}
