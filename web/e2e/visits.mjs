// A visitor's visits: what their browser keeps of them, read as it lies in its storage, and how long one takes.

/** @typedef {import("playwright-core").Page} Page */

/** Codes of signals. */
export const SIGNAL = {
  page: 1, pricing: 2, plan: 3, comparison: 4, story: 5, docs: 6, careers: 7, file: 8, search: 9, half: 12, end: 13, minute: 14, threeMinutes: 15, afterDay: 16,
  withinWeek: 17, formViewed: 18, begun: 19, started: 20, answered: 21, optional: 22, corrected: 23, refused: 26, abandoned: 27, asked: 28,
  cart: 34, paywall: 36, custom: 37, automation: 39,
};

/**
 * The signals of each visit that the browser keeps, in order; the script's short name for their list is its own.
 * @param {Page} page
 * @returns {Promise<number[][]>}
 */
export const visits = (page) =>
  page.evaluate(() => {
    const { visits = [] } = JSON.parse(localStorage.getItem("assay.demo") ?? "{}");
    return visits.map((/** @type {object} */ visit) => (Object.values(visit).find(Array.isArray) ?? []).map(([code]) => code));
  });

/**
 * Has the page report a signal of its own after everything that happened so far was noted, and gives what the visit
 * holds up to it; that a program drives the browser goes without saying. The script looks at places and scrolling after the next frame and 50 ms: timers end in order.
 * @param {Page} page
 */
export async function soFar(page) {
  await page.waitForFunction(() => /** @type {any} */ (window).assay?.loaded);
  const before = (await visits(page)).flat().length;
  await page.evaluate(async () => {
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve, 60));
    /** @type {any} */ (window).assay("signal", "custom");
  });
  await page.waitForFunction((before) => {
    const { visits = [] } = JSON.parse(localStorage.getItem("assay.demo") ?? "{}");
    const pairs = visits.flatMap((/** @type {object} */ visit) => Object.values(visit).find(Array.isArray));
    return pairs.length > before && pairs[pairs.length - 1][0] === 37;
  }, before);
  return ((await visits(page)).at(-1) ?? []).filter((code) => code !== SIGNAL.custom && code !== SIGNAL.automation);
}

/**
 * Lets the session, which has begun by now, get older than a person's fastest submit, also where storage tells nothing of it.
 * @param {Page} page
 */
export async function readLong(page) {
  const from = await page.evaluate(() => performance.now());
  await page.waitForFunction((from) => performance.now() - from > 2100, from);
}

/**
 * Waits for the server's answer to a submit; what tells who is on a form goes the same way.
 * @param {Page} page
 */
export const submitAnswered = (page) =>
  page.waitForResponse((answer) => answer.url().endsWith("/v1/touches") && answer.request().postDataJSON()?.type === "submit");
