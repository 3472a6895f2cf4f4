// What visitors do on the demo site, as people do it: they read, type, choose, leave fields and press the button.
import assert from "node:assert/strict";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Frame} Frame */
/** @typedef {[label: string, value: string]} Answer */

/**
 * What a person answers who is worth a call, in the order of the long form; the last one makes them hot.
 * @param {string} email
 * @returns {Answer[]}
 */
export const promising = (email) => [
  ["Name (required)", "Ada Marlow"],
  ["Work email (required)", email],
  ["Job title", "Head of supply"],
  ["Company (required)", "Northbeck"],
  ["People who work there", "201-500"],
  ["Industry", "manufacturing"],
  ["Country", "DE"],
  ["What is your biggest challenge in planning?", "Stock runs out while the shelves are full"],
  ["When would you like to start?", "under_3_months"],
];

/** @type {(email: string) => Answer[]} */
export const brief = (email) => [
  ["Name", "Ben Hollis"],
  ["Company", "Hollis"],
  ["Business mail", email],
];

/**
 * Answers one question: types or chooses, and leaves the field.
 * @param {Page | Frame} page
 * @param {Answer} answer
 */
export async function answer(page, [label, value]) {
  const field = page.getByLabel(label, { exact: true });
  if (await field.evaluate((element) => element instanceof HTMLSelectElement)) await field.selectOption(value);
  else await field.pressSequentially(value);
  await field.press("Tab");
}

/** @type {(page: Page | Frame, answers: Answer[]) => Promise<void>} */
export async function answerAll(page, answers) {
  for (const one of answers) await answer(page, one);
}

/** @typedef {{id: string, visitor?: string, consent: boolean, page: string, form: string, answers: object, visits: {session: string, evidence?: string, signals?: number[][]}[], profile: Record<string, string>, claim?: {engagement: number, fit: number, band: string}, objected?: boolean}} Touch */

/**
 * Collects the touches of a type that a page tries to send, in order; those that fail, too.
 * @param {Page} page
 * @returns {Touch[]}
 */
export function collectTouches(page, type = "submit") {
  /** @type {Touch[]} */
  const touches = [];
  page.on("request", (request) => {
    if (request.method() !== "POST" || !request.url().endsWith("/v1/touches")) return;
    const touch = JSON.parse(request.postData() ?? "");
    if (touch.type === type) touches.push(touch);
  });
  return touches;
}

/**
 * The one touch that was sent. It may have been sent again from the next page, which cannot know that it arrived when
 * the page before went away too soon; it then has the same id, and the server changes nothing.
 * @param {Touch[]} touches
 */
export function onlyTouch(touches) {
  assert.deepEqual([...new Set(touches.map(({ id }) => id))], [touches[0]?.id], "one touch");
  for (const again of touches.slice(1)) assert.deepEqual(again, touches[0], "sent again unchanged");
  return touches[0];
}

/**
 * Waits until the form on the page was scored in the browser.
 * @param {Page | Frame} page
 * @param {string} [band]
 */
export const scored = (page, band) => page.locator(band ? `form[data-assay-band=${band}]` : "form[data-assay-band]").first().waitFor();

/**
 * Waits until the visit is old enough for a submit by a person: what is typed and sent within two seconds of a
 * session's start is suspect, and a test types faster than people.
 * @param {Page | Frame} page
 */
export async function takeTime(page) {
  await page.waitForFunction(() => {
    const { visits = [] } = JSON.parse(localStorage.getItem("assay.demo") ?? "{}");
    const visit = visits[visits.length - 1];
    return visit && Date.now() - visit.i > 2100; // the script's short name for when the session began here
  });
}

/**
 * Opens a page with a short form, fills it in as a person would, in a person's time, and sends it.
 * @param {Page} page
 * @param {string} url
 * @param {string} email
 */
export async function askAt(page, url, email) {
  await page.goto(url);
  await askHere(page, email);
}

/**
 * The same on a page that is open.
 * @param {Page} page
 * @param {string} email
 */
export async function askHere(page, email) {
  await scored(page);
  await answerAll(page, brief(email));
  await takeTime(page);
  await page.getByRole("button", { name: "Send" }).click();
}

/**
 * Presses the form's button and waits for the page that the site's own submit leads to.
 * @param {Page} page
 */
export async function send(page) {
  await page.locator("form [type=submit]").click();
  await page.waitForURL("**/demo/thanks/");
  assert.equal(await page.locator("h1").textContent(), "Thank you, it is with us", "the page's own submit arrives");
}
