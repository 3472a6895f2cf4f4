// What the tag costs the page's main thread: the demo's form with the tag, with trackers that others publish in its place and
// with nothing, visits taking turns, on a processor slowed down to a quarter.
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { trackers } from "../../widget/trackers.mjs";
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

/** @typedef {{blocking: number, work: number, script: number, shift: number, moved: string[], scored: boolean}} Cost milliseconds, the layout shift's score and what moved */

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
  return { ...result.value, work: spent("TaskDuration"), script: spent("ScriptDuration") };
}

/**
 * Serves the form with the tag, with each tracker, and with neither.
 * @param {import("node:test").TestContext} t
 * @param {string} host
 * @param {import("../../widget/trackers.mjs").Tracker[]} others
 */
async function serve(t, host, others) {
  const demo = await (await fetch(`${host}/demo/book-a-demo/`)).text();
  const html = demo.replaceAll(/(src|href)="\//g, `$1="${host}/`);
  /** @type {Record<string, import("../pages.mjs").Answer>} */
  const pages = { "/tag": { html }, "/none": { html: html.replace(TAG, "") } };
  for (const { name, file, tag } of others) {
    pages[`/${name}`] = { html: html.replace(TAG, () => tag(`/${name}.js`)) };
    pages[`/${name}.js`] = { html: await readFile(file, "utf8"), headers: { "Content-Type": "text/javascript" } };
  }
  const served = await site(t, pages);
  const sent = { apiKey: "demo", apiHost: served.url.replace("http://", "") + "/sent", protocol: "http" }; // Segment's own would go out
  pages["/v1/projects/demo/settings"] = {
    html: JSON.stringify({ integrations: { "Segment.io": sent } }),
    headers: { "Content-Type": "application/json" },
  };
  return served;
}

/**
 * @param {import("node:test").TestContext} t
 * @param {{server: import("../harness.mjs").Server}} w
 * @returns {Promise<string[]>} promises broken
 */
export async function timeMainThread(t, { server }) {
  const others = trackers();
  const { url, posts } = await serve(t, server.url, others);
  const { send, close } = await plainBrowser();
  /** @type {Record<string, Cost[]>} */
  const costs = Object.fromEntries(["tag", "none", ...others.map(({ name }) => name)].map((kind) => [kind, []]));
  await visit(send, `${url}/tag`); // the browser's own first time
  console.log(`Main thread of the demo's form, at a quarter of the processor's speed: medians of ${RUNS} visits each, taking turns`);
  for (let i = 0; i < RUNS; i++) {
    for (const [kind, seen] of Object.entries(costs)) {
      const before = posts.length;
      const cost = await visit(send, `${url}/${kind}`);
      if (cost.scored !== (kind === "tag")) throw new Error(cost.scored ? "the tag is still there" : "the form was not scored in time");
      if (others.some(({ name }) => name === kind) && posts.length === before) throw new Error(`${kind} told of no page`);
      seen.push(cost);
    }
  }
  await close();
  /** @type {(kind: string, what: "blocking" | "work" | "script") => number} */
  const middle = (kind, what) => median(costs[kind].map((cost) => cost[what]));
  /** @type {(kind: string, what: "blocking" | "work" | "script") => number} */
  const more = (kind, what) => middle(kind, what) - middle("none", what);
  const broken = [];
  for (const [name, what, limit] of /** @type {[string, "blocking" | "work" | "script", number | undefined][]} */ ([
    ["total blocking time", "blocking", BLOCKING],
    ["work in all", "work", WORK],
    ["of it in scripts", "script", undefined],
  ])) {
    const ours = more("tag", what);
    const promise = limit === undefined ? "" : `; promise: ${limit}`;
    line(name, `${count(ours, 1)} ms more`, `${count(middle("tag", what), 1)} ms with the tag, ${count(middle("none", what), 1)} without${promise}`);
    if (limit !== undefined && ours > limit) broken.push(`${name}: ${count(ours, 1)} ms more with the tag, over ${limit}`);
  }
  for (const { name, version } of others) {
    const work = more(name, "work");
    const rest = `${count(more(name, "script"), 1)} in scripts, blocking ${count(more(name, "blocking"), 1)}; ${count(work / more("tag", "work"), 2)} of the tag's`;
    line(`work in all, ${name} ${version}`, `${count(work, 1)} ms more`, rest);
  }
  /** @type {(kind: string) => number} */
  const shift = (kind) => Math.max(...costs[kind].map((cost) => cost.shift));
  line("layout shift, at most", count(shift("tag"), 4), `${count(shift("none"), 4)} without the tag`);
  const moved = [...new Set(costs.tag.flatMap((cost) => cost.moved))].join(", ");
  if (shift("tag") > shift("none")) broken.push(`the layout shifts by ${shift("tag")} with the tag: ${moved}`);
  return broken;
}
