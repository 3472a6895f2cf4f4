// A site that offers something beside its forms, and visitors who come to be warm and hot there.
import { rep } from "./harness.mjs";
import { scored } from "./visitor.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {{on?: boolean, booking_url?: string, ask?: string[]}} Panel */

/** All that may be asked. */
export const ASKABLE = ["company_size", "role", "industry", "need", "timing", "budget", "authority"];

/** A booking page that nobody goes to. */
export const CALL = "https://calendar.northbeck.test/call";

/**
 * Sets what the demo site offers, as an admin does, and gives the admin's page.
 * @param {import("node:test").TestContext} t
 * @param {Parameters<typeof rep>[1]} w
 * @param {Panel} panel
 */
export async function offering(t, w, panel) {
  const admin = await rep(t, w, { who: "admin" });
  const status = await admin.evaluate(async (panel) => {
    const settings = await (await fetch("/v1/sites/demo")).json();
    const body = JSON.stringify({ ...settings, panel });
    return (await fetch("/v1/sites/demo", { method: "PUT", headers: { "content-type": "application/json" }, body })).status;
  }, panel);
  if (status !== 200) throw new Error(`the settings were answered by ${status}`);
  return admin;
}

/**
 * A page with a form that asks enough for the best letter, but neither industry nor timing.
 * @param {string} head
 * @param {string} [attributes] of the page
 */
export const longForm = (head, attributes = `lang="en"`) => `<!doctype html>
<html ${attributes}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Long form</title>
${head}
</head>
<body>
<main>
<h1>Ask us</h1>
<form method="post" action="/thanks" data-assay-form="quick-demo" data-assay-kind="demo">
<p><label>Name <input name="name"></label></p>
<p><label>Company <input name="company"></label></p>
<p><label>Business mail <input name="email" type="email"></label></p>
<p><label>Role <input name="role"></label></p>
<p><label>Size <input name="company_size"></label></p>
<p><label>Need <textarea name="need" rows="4"></textarea></label></p>
<p><label>Message <textarea name="message" rows="4"></textarea></label></p>
<p data-assay-notice></p>
<p><button>Send</button></p>
</form>
</main>
</body>
</html>`;

/**
 * Fills the form in until its letter is A and little interest has shown: the band is cold then.
 * @param {Page | import("playwright-core").Frame} page
 * @param {string} email
 */
export async function fillIn(page, email) {
  await scored(page);
  const answers = { name: "Ada Marlow", company: "Northbeck", email, role: "CEO", company_size: "200", need: "Stock runs out" };
  for (const [name, value] of Object.entries(answers)) await page.locator(`[name=${name}]`).fill(value);
  await page.locator("[name=message]").focus(); // the last answer counts once its field is left
  await scored(page, "cold");
}

/**
 * Has the page tell what its visitor did, and waits for the band.
 * @param {Page} page
 * @param {string} band
 * @param {...string} signals
 */
export async function shows(page, band, ...signals) {
  await page.evaluate((names) => names.forEach((name) => /** @type {any} */ (window).assay("signal", name)), signals);
  await scored(page, band);
}

/**
 * Shows so much interest that a form whose letter is A is warm, and with the second hot.
 * @type {(page: Page) => Promise<void>}
 */
export const warm = (page) => shows(page, "warm", "plan_viewed");
/** @type {(page: Page) => Promise<void>} */
export const hot = (page) => shows(page, "hot", "plan_viewed", "paywall_hit", "cart_filled");

/** Looks from now on at everything that shifts on a page, what follows an input too. */
export const watchShifts = (/** @type {Page} */ page) =>
  page.evaluate(() => {
    const shifts = /** @type {any} */ (window).shifts = /** @type {string[]} */ ([]);
    new PerformanceObserver((list) => {
      for (const { value, sources } of /** @type {any} */ (list.getEntries())) {
        shifts.push(`${value} of ${sources.map((/** @type {any} */ { node }) => node?.nodeName)}`);
      }
    }).observe({ type: "layout-shift" });
  });

/** What has shifted since. */
export const shifts = (/** @type {Page} */ page) => page.evaluate(() => /** @type {any} */ (window).shifts);
