// What the tag costs the page's main thread: the demo's form with the tag and without, visits taking turns, on a processor
// slowed down to a quarter.
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

/** @typedef {{blocking: number, work: number, shift: number}} Cost milliseconds, and the layout shift's score */

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
      const seen = { blocking: 0, shift: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.blocking += Math.max(0, duration - 50);
      }).observe({ type: "longtask", buffered: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += /** @type {any} */ (entry).value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto("/demo/book-a-demo/");
    if (tagged) await page.locator("form[data-assay-band]").waitFor();
    if ((await page.locator("script[data-site]").count()) !== Number(tagged)) throw new Error("the tag is not as it should be");
    await page.waitForFunction((ms) => performance.now() > ms, WINDOW, { polling: 500 });
    const { metrics } = await session.send("Performance.getMetrics");
    const work = metrics.find(({ name }) => name === "TaskDuration");
    const { blocking, shift } = await page.evaluate(() => /** @type {any} */ (window).seen);
    return { blocking, shift, work: (work?.value ?? NaN) * 1000 };
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
  /** @type {(of: Cost[], what: keyof Cost) => number} */
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
  if (shift > before) broken.push(`the layout shifts by ${shift} with the tag`);
  return broken;
}
