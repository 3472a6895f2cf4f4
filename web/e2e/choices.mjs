// The page where visitors see what their browser holds, opened as they open it: from the sentence beside a form.
import { shortForm, site, tag } from "./pages.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("node:test").TestContext} TestContext */

/**
 * A page with a form that asks for more than the short one, and the notice.
 * @param {string} host
 */
export const rated = (host) =>
  shortForm(tag(host)).replace(
    "<button>",
    `<label>Job title <input name="role"></label>
<label for="size">Size</label> <select id="size" name="company_size"><option value="">Choose</option><option value="1-10">Up to ten</option><option value="51-200">51 to 200</option></select>
<p data-assay-notice></p>
<button>`,
  );

/**
 * A site of somebody else with that page, and one without the tag.
 * @param {TestContext} t
 * @param {string} host
 */
export const ratedSite = (t, host) => site(t, { "/": { html: rated(host) }, "/elsewhere": { html: "<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>" } });

/**
 * Follows the notice's link, and gives the page that it opens.
 * @param {Page} page
 */
export async function follow(page) {
  const opening = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Your choices" }).click();
  return opening;
}

/**
 * The same, once that page shows what is held.
 * @param {Page} page
 */
export async function choices(page) {
  const own = await follow(page);
  await own.getByRole("heading", { name: "What your browser holds" }).waitFor();
  return own;
}

/**
 * Comes back to a page, as somebody who presses its tab does.
 * @param {Page} page
 */
export async function comeBack(page) {
  await page.bringToFront();
  await page.evaluate(() => dispatchEvent(new Event("focus"))); // all tabs of a browser without a window have the focus
}

/**
 * The figures of one table: what stands in its rows, and their sum as the page says it.
 * @param {Page} own
 * @param {"Fit" | "Engagement"} part
 */
export async function figures(own, part) {
  const table = own.locator("table", { hasText: `${part}: ` });
  const cells = (/** @type {string} */ selector) => table.locator(selector).allTextContents();
  const points = (await cells("tbody td:last-child")).map((text) => Number(text.replace("−", "-")));
  return { labels: await cells("tbody td:first-child"), points, sum: Number((await cells("tfoot td"))[0]) };
}
