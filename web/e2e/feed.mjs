// What a rep's screen and the interface behind it say.
import assert from "node:assert/strict";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */
/** @typedef {{lead: string, kind: string, grade: string, band: string, reasons: string[], text: string}} Card */

const CARD = "article[data-alert-id]";

/**
 * The first alert about somebody, once it stands on the screen.
 * @param {Page} rep
 * @param {string} email
 * @returns {Promise<Locator>}
 */
export async function waitForAlert(rep, email) {
  const card = rep.locator(CARD, { hasText: email });
  await card.first().waitFor();
  return card.first();
}

let markers = 0;

/**
 * All alerts about somebody that there will ever be for what happened so far: a feed is in order, so once a later
 * ask is on the screen, nothing that came before it is still under way.
 * @param {Page} rep
 * @param {string} email
 * @returns {Promise<Card[]>}
 */
export async function alertsAbout(rep, email) {
  const marker = `marker-${++markers}@later.test`;
  await ask(new URL(rep.url()).origin, marker);
  await waitForAlert(rep, marker);
  const shown = await cards(rep, email);
  const history = await api(rep, "/v1/alerts?after=0&limit=200");
  const told = history.items.filter((/** @type {any} */ { type, data }) => type === "alert" && data.who.email === email);
  assert.equal(shown.length, told.length, "the screen shows what the feed holds");
  return shown;
}

/**
 * The one alert about somebody; fails where there is none, or a second one.
 * @param {Page} rep
 * @param {string} email
 * @returns {Promise<Card>}
 */
export async function onlyAlert(rep, email) {
  await waitForAlert(rep, email);
  const all = await alertsAbout(rep, email);
  assert.equal(all.length, 1, `one alert about ${email}, not ${all.length}`);
  return all[0];
}

/** @type {(rep: Page, email: string) => Promise<Card[]>} */
const cards = (rep, email) =>
  rep.locator(CARD, { hasText: email }).evaluateAll((elements) =>
    elements.map((element) => {
      const { leadId = "", kind = "", grade = "", band = "" } = /** @type {HTMLElement} */ (element).dataset;
      const reasons = [...element.querySelectorAll(".reasons li")].map((li) => li.textContent?.trim() ?? "");
      return { lead: leadId, kind, grade, band, reasons, text: /** @type {HTMLElement} */ (element).innerText };
    }),
  );

/**
 * A touch as a program would send it: an ask for a demo without evidence.
 * @param {string} server
 * @param {string} email
 * @param {object} [said] what they say of themselves besides
 */
export async function ask(server, email, said) {
  const touch = {
    id: crypto.randomUUID(), type: "submit", site: "demo", at: new Date().toISOString(), form: "quick-demo",
    form_kind: "demo", profile: { email, name: email, company: "later.test", ...said }, visits: [],
  };
  const answer = await fetch(`${server}/v1/touches`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(touch),
  });
  assert.equal(answer.status, 202, await answer.text());
}

/**
 * Reads from the interface as the person signed in on a page.
 * @param {Page} page
 * @param {string} path
 * @returns {Promise<any>}
 */
export const api = (page, path) =>
  page.evaluate(async (path) => {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }, path);

/**
 * A lead's record.
 * @param {Page} rep
 * @param {string} id
 */
export const leadOf = (rep, id) => api(rep, `/v1/leads/${id}`);

/**
 * The one lead with a mail address, whether or not it raised an alert.
 * @param {Page} rep
 * @param {string} email
 */
export async function leadBy(rep, email) {
  const { items } = await api(rep, `/v1/leads?q=${encodeURIComponent(email)}`);
  assert.equal(items.length, 1, `one lead ${email}`);
  return leadOf(rep, items[0].id);
}
