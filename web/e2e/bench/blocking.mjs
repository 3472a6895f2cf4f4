// What the tag costs the page's main thread: the demo's form with the tag and without, visits taking turns, on a processor
// slowed down to a quarter.
import { setTimeout } from "node:timers/promises";
import { DEADLINE } from "../harness.mjs";
import { count, line, median } from "./numbers.mjs";

/** Visits of each kind. */
const RUNS = 9;
const SLOWDOWN = 4;
/** Milliseconds: how much more blocking time there may be with the tag, and how much more work on the main thread. */
const BLOCKING = 20;
const WORK = 20;
/** Milliseconds of a page's life that are looked at: the score is there long before. */
const WINDOW = 2500;

/** @typedef {{blocking: number, work: number, shift: number, moved: string[]}} Cost milliseconds, the layout shift's score and what moved */

/**
 * What one first visit costs.
 * @param {{server: import("../harness.mjs").Server, browser: import("playwright-core").Browser}} w
 * @param {boolean} tagged
 * @returns {Promise<Cost>}
 */
async function visit({ server, browser }, tagged) {
  const context = await browser.newContext({ baseURL: server.url });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(DEADLINE);
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" }); // not what else the machine does
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
    if (!tagged) {
      await page.route("**/demo/book-a-demo/", async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: (await answer.text()).replace(/<script src="\/assay\.js".*?<\/script>/, "") });
      });
    } else await page.route("**/demo/book-a-demo/", async (route) => route.fulfill({ response: await route.fetch() })); // costs the same
    await page.addInitScript(() => {
      const seen = { blocking: 0, shift: 0, moved: /** @type {string[]} */ ([]) };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.blocking += Math.max(0, duration - 50);
      }).observe({ type: "longtask", buffered: true });
      new PerformanceObserver((list) => {
        for (const { value, sources } of /** @type {any[]} */ (list.getEntries())) {
          seen.shift += value;
          seen.moved.push(...sources.map((/** @type {{node?: Element}} */ { node }) => `${node?.nodeName} ${node?.textContent?.trim().slice(0, 30)}`));
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto("/demo/book-a-demo/");
    await setTimeout(WINDOW); // whatever asks the page meanwhile would be work on its main thread
    const { metrics } = await session.send("Performance.getMetrics");
    const work = metrics.find(({ name }) => name === "TaskDuration");
    const { blocking, shift, moved, scored } = await page.evaluate(() => ({
      .../** @type {any} */ (window).seen,
      scored: !!document.querySelector("form[data-assay-band]"),
    }));
    if (scored !== tagged) throw new Error(tagged ? "the form was not scored in time" : "the tag is still there");
    return { blocking, shift, moved, work: (work?.value ?? NaN) * 1000 };
  } finally {
    await context.close();
  }
}

/**
 * @param {import("node:test").TestContext} _
 * @param {{server: import("../harness.mjs").Server, browser: import("playwright-core").Browser}} w
 * @returns {Promise<string[]>} promises broken
 */
export async function timeMainThread(_, w) {
  /** @type {Cost[]} */
  const without = [];
  /** @type {Cost[]} */
  const withTag = [];
  await visit(w, true); // the browser's own first time
  for (let i = 0; i < RUNS; i++) {
    without.push(await visit(w, false));
    withTag.push(await visit(w, true));
  }
  /** @type {(of: Cost[], what: "blocking" | "work") => number} */
  const middle = (of, what) => median(of.map((cost) => cost[what]));
  console.log(`Main thread of the demo's form, at a quarter of the processor's speed: medians of ${RUNS} visits each, taking turns`);
  const broken = [];
  for (const [name, what, limit] of /** @type {[string, "blocking" | "work", number][]} */ ([
    ["total blocking time", "blocking", BLOCKING],
    ["work in all", "work", WORK],
  ])) {
    const more = middle(withTag, what) - middle(without, what);
    line(name, `${count(more, 1)} ms more`, `${count(middle(withTag, what), 1)} ms with the tag, ${count(middle(without, what), 1)} without; promise: ${limit}`);
    if (more > limit) broken.push(`${name}: ${count(more, 1)} ms more with the tag, over ${limit}`);
  }
  const shift = Math.max(...withTag.map((cost) => cost.shift)), before = Math.max(...without.map((cost) => cost.shift));
  line("layout shift, at most", count(shift, 4), `${count(before, 4)} without the tag`);
  const moved = [...new Set(withTag.flatMap((cost) => cost.moved))].join(", ");
  if (shift > before) broken.push(`the layout shifts by ${shift} with the tag: ${moved}`);
  return broken;
}
