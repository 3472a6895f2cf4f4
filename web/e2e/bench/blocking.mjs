// What the tag costs the page's main thread: the demo's form with the tag and without, visits taking turns, on a processor
// slowed down to a quarter.
import { setTimeout } from "node:timers/promises";
import { site } from "../pages.mjs";
import { count, line, median } from "./numbers.mjs";
import { plainBrowser } from "./plain.mjs";

/** Visits of each kind. */
const RUNS = 9;
const SLOWDOWN = 4;
/** Milliseconds: how much more blocking time there may be with the tag, and how much more work on the main thread. */
const BLOCKING = 20;
const WORK = 20;
/** The demo's tag. */
const TAG = /<script src="[^"]*\/assay\.js".*?<\/script>/;
/** Milliseconds of a page's life that are looked at: the score is there long before. */
const WINDOW = 3000;

/** @typedef {{blocking: number, work: number, script: number, shift: number, moved: string[]}} Cost milliseconds, the layout shift's score and what moved */

/** What a page knows of its own life, asked for once it is over: whatever asks meanwhile would be work on its main thread. */
const LIFE = `new Promise((resolve) => {
  const seen = { blocking: 0, shift: 0, moved: [], scored: !!document.querySelector("form[data-assay-band]") };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.blocking += Math.max(0, duration - 50);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      seen.shift += value;
      for (const { node } of sources) seen.moved.push(node?.nodeName + " " + node?.textContent?.trim().slice(0, 30));
    }
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(seen), 500);
})`;

/**
 * What one first visit costs.
 * @param {import("./plain.mjs").Send} send
 * @param {string} url
 * @returns {Promise<Cost>}
 */
async function visit(send, url) {
  const { browserContextId } = await send("Target.createBrowserContext");
  const { targetId } = await send("Target.createTarget", { url: "about:blank", browserContextId });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  await send("Performance.enable", { timeDomain: "threadTicks" }, sessionId); // not what else the machine does
  await send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN }, sessionId);
  await send("Page.navigate", { url }, sessionId);
  await setTimeout(WINDOW);
  const { metrics } = await send("Performance.getMetrics", {}, sessionId);
  /** @type {(name: string) => number} */
  const spent = (name) => metrics.find((/** @type {{name: string}} */ metric) => metric.name === name).value * 1000;
  const { result } = await send("Runtime.evaluate", { expression: LIFE, awaitPromise: true, returnByValue: true }, sessionId);
  await send("Target.closeTarget", { targetId });
  await send("Target.disposeBrowserContext", { browserContextId });
  const { scored, ...life } = result.value;
  if (scored !== url.endsWith("/tag")) throw new Error(scored ? "the tag is still there" : "the form was not scored in time");
  return { ...life, work: spent("TaskDuration"), script: spent("ScriptDuration") };
}

/**
 * @param {import("node:test").TestContext} t
 * @param {{server: import("../harness.mjs").Server}} w
 * @returns {Promise<string[]>} promises broken
 */
export async function timeMainThread(t, { server }) {
  const demo = await (await fetch(`${server.url}/demo/book-a-demo/`)).text();
  const html = demo.replaceAll(/(src|href)="\//g, `$1="${server.url}/`);
  const { url } = await site(t, { "/tag": { html }, "/none": { html: html.replace(TAG, "") } });
  const { send, close } = await plainBrowser();
  /** @type {Record<string, Cost[]>} */
  const costs = { tag: [], none: [] };
  await visit(send, `${url}/tag`); // the browser's own first time
  for (let i = 0; i < RUNS; i++) {
    for (const kind of Object.keys(costs)) costs[kind].push(await visit(send, `${url}/${kind}`));
  }
  await close();
  /** @type {(kind: string, what: "blocking" | "work" | "script") => number} */
  const middle = (kind, what) => median(costs[kind].map((cost) => cost[what]));
  console.log(`Main thread of the demo's form, at a quarter of the processor's speed: medians of ${RUNS} visits each, taking turns`);
  const broken = [];
  for (const [name, what, limit] of /** @type {[string, "blocking" | "work" | "script", number | undefined][]} */ ([
    ["total blocking time", "blocking", BLOCKING],
    ["work in all", "work", WORK],
    ["of it in scripts", "script", undefined],
  ])) {
    const more = middle("tag", what) - middle("none", what);
    const promise = limit === undefined ? "" : `; promise: ${limit}`;
    line(name, `${count(more, 1)} ms more`, `${count(middle("tag", what), 1)} ms with the tag, ${count(middle("none", what), 1)} without${promise}`);
    if (limit !== undefined && more > limit) broken.push(`${name}: ${count(more, 1)} ms more with the tag, over ${limit}`);
  }
  /** @type {(kind: string) => number} */
  const shift = (kind) => Math.max(...costs[kind].map((cost) => cost.shift));
  line("layout shift, at most", count(shift("tag"), 4), `${count(shift("none"), 4)} without the tag`);
  const moved = [...new Set(costs.tag.flatMap((cost) => cost.moved))].join(", ");
  if (shift("tag") > shift("none")) broken.push(`the layout shifts by ${shift("tag")} with the tag: ${moved}`);
  return broken;
}
