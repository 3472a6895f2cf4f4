// One visit to a foreign page: what a visitor does there, and all that could be noticed of it.
import { scored, takeTime } from "../visitor.mjs";
import { picture, stand } from "./pictures.mjs";

/** @typedef {import("playwright-core").Page} Page */
/**
 * @typedef {object} Seen
 * @property {Buffer} before a picture of the whole page
 * @property {Buffer} after one of what is in view with the form filled in
 * @property {string} form its markup when it was sent, without our attributes
 * @property {string[]} values of its fields
 * @property {string[]} said on the console: errors and warnings
 * @property {number} shift layout shift from when the page stood still until the form was sent
 * @property {string[]} moved what shifted then
 */

/**
 * A page in a browser context of its own, from which nothing beyond this machine can be reached.
 * @param {import("node:test").TestContext} t
 * @param {import("playwright-core").Browser} browser
 * @param {number} deadline milliseconds
 */
export async function stranger(t, browser, deadline) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    proxy: { server: "http://127.0.0.1:9", bypass: "localhost,127.0.0.1" }, // discard: nobody answers
  });
  context.setDefaultTimeout(deadline);
  await context.addInitScript(watchShifts);
  await context.addInitScript(stand);
  t.after(() => context.close());
  return context.newPage();
}

/** Runs first in each page: sums what moves, as browsers count it, and names it; `shifted()` tells and begins anew. */
function watchShifts() {
  const scope = /** @type {any} */ (window);
  /** @type {any[]} */
  let entries = [];
  const observer = new PerformanceObserver((list) => void entries.push(...list.getEntries()));
  observer.observe({ type: "layout-shift" });
  const name = (/** @type {any} */ { node, previousRect, currentRect }) =>
    `${node?.nodeName}.${node?.className} from ${JSON.stringify(previousRect)} to ${JSON.stringify(currentRect)}`;
  scope.shifted = () => {
    const all = [...entries, ...observer.takeRecords()];
    entries = [];
    return { shift: all.reduce((sum, { value }) => sum + value, 0), moved: all.flatMap(({ sources }) => sources.map(name)) };
  };
}

/**
 * Fills the form in as people do and sends it.
 * @param {Page} page
 * @param {string} url
 * @param {import("./themes.mjs").Theme} theme
 * @param {boolean} tagged
 * @param {() => Promise<void>} next settled once the site has what is sent from now on
 * @returns {Promise<Seen>}
 */
export async function visit(page, url, theme, tagged, next) {
  /** @type {string[]} */
  const said = [];
  page.on("pageerror", (error) => said.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (/error|warning/.test(message.type())) said.push(`${message.type()}: ${message.text()} ${message.location().url.replace(/\?tag$/, "")}`);
  });
  await page.goto(url);
  if (tagged) await scored(page);
  const form = page.locator("form").nth(theme.nth ?? 0);
  const before = await picture(page, true);
  // Themes shift while they load and are pictured whole, each time differently, the tag there or not.
  await page.evaluate("shifted()");
  for (const [name, value] of Object.entries(theme.answers)) await answer(form.locator(`[name="${name}"]`), value);
  await page.keyboard.press("Tab");
  const after = await picture(page, false);
  if (tagged) await takeTime(page);
  const { markup, values } = await form.evaluate((element) => {
    const copy = /** @type {HTMLFormElement} */ (element.cloneNode(true));
    for (const name of copy.getAttributeNames()) if (name.startsWith("data-assay-")) copy.removeAttribute(name);
    const fields = /** @type {HTMLInputElement[]} */ ([...element.querySelectorAll("input,select,textarea")]);
    return { markup: copy.outerHTML, values: fields.map(({ name, value, checked }) => `${name}=${value} ${checked}`) };
  });
  const shifted = /** @type {Pick<Seen, "shift" | "moved">} */ (await page.evaluate("shifted()"));
  const posted = next();
  await form.locator("[type=submit],button:not([type])").last().click();
  await posted;
  return { before, after, form: markup, values, said, ...shifted };
}

/** @type {(field: import("playwright-core").Locator, value: string) => Promise<void>} */
const answer = async (field, value) => ((await field.getAttribute("type")) === "checkbox" ? field.check() : field.pressSequentially(value));
