// Programs at a site that wants none, and people who are as fast as programs: what honest browsers do is never suspect, and
// what is suspect is stored and listed, and alerts nobody until a person has looked (the cases are those of
// server/internal/intake/testdata/plausibility, as far as a browser can be made to act them).
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { DEADLINE, LIMIT, person, startBrowser, startServer } from "./harness.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { scored } from "./visitor.mjs";
import { readLong } from "./visits.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {[label: string, value: string][]} Answers */

const BINARY = fileURLToPath(new URL("../../bin/assay", import.meta.url));
const KEY = "guarded";

const w = /** @type {{server: import("./harness.mjs").Server, browser: import("playwright-core").Browser}} */ ({});
/** @type {string} */
let folder;
/** @type {string} */
let token;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-abuse-"));
  /** @type {(...args: string[]) => Promise<string>} */
  const assay = async (...args) => (await promisify(execFile)(BINARY, [...args, "-data-dir", folder])).stdout.trim();
  await assay("site", "add", "-key", KEY, "-name", "Guarded", "-origin", "http://localhost:*", "-consent", "not-required");
  token = /** @type {string} */ ((await assay("token", "add", "-site", KEY, "-name", "test", "-role", "rep")).split("\n").at(-1));
  [w.server, w.browser] = await Promise.all([startServer("-data-dir", folder), startBrowser()]);
}, LIMIT);
after(async () => {
  await w.browser?.close();
  await w.server?.stop();
  await rm(folder, { recursive: true });
}, LIMIT);

/**
 * Asks the server as the site's own program.
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
async function ask(path, body) {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const answer = await fetch(w.server.url + path, { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) });
  const text = await answer.text();
  assert.ok(answer.ok, text);
  return JSON.parse(text);
}

/**
 * All alerts about somebody that there will ever be for what happened so far: once there is one for an ask that came later.
 * @param {string} email
 */
async function alertsAbout(email) {
  const later = `${crypto.randomUUID()}@later.test`;
  await ask("/v1/touches", {
    id: crypto.randomUUID(), type: "submit", site: KEY, at: new Date().toISOString(), form: "later", form_kind: "demo",
    profile: { email: later, name: "Later" }, visits: [],
  });
  for (const end = Date.now() + DEADLINE; Date.now() < end; ) {
    const { items } = await ask("/v1/alerts?after=0&limit=200");
    const about = (/** @type {string} */ email) => items.filter((/** @type {any} */ { type, data }) => type === "alert" && data.who.email === email);
    if (about(later).length > 0) return about(email);
  }
  assert.fail("the later alert never came");
}

/** @type {(page: Page, answers: Answers) => Promise<void>} */
const type = async (page, answers) => {
  for (const [label, value] of answers) {
    await page.getByLabel(label).pressSequentially(value, { delay: 40 });
    await page.keyboard.press("Tab");
  }
};

/**
 * As browsers and password managers fill forms in: within one task, and with events that no key made.
 * @type {(page: Page, answers: Answers, events?: string[]) => Promise<void>}
 */
const fillAtOnce = (page, answers, events = ["input", "change"]) =>
  page.evaluate(([answers, events]) => {
    for (const [label, value] of /** @type {Answers} */ (answers)) {
      const field = [...document.querySelectorAll("input")].find(({ labels }) => labels?.[0]?.textContent?.trim() === label);
      if (!field) throw new Error(label);
      field.value = value;
      for (const type of events) field.dispatchEvent(new Event(/** @type {string} */ (type), { bubbles: true }));
    }
  }, /** @type {const} */ ([answers, events]));

/**
 * As a program fills in and sends: as if by keys, but all in one moment.
 * @type {(page: Page, answers: Answers) => Promise<void>}
 */
const replay = (page, answers) =>
  page.evaluate((answers) => {
    for (const [label, value] of answers) {
      const field = [...document.querySelectorAll("input")].find(({ labels }) => labels?.[0]?.textContent?.trim() === label);
      field?.focus();
      document.execCommand("insertText", false, value);
    }
    const button = /** @type {HTMLElement} */ (document.querySelector("form button"));
    button.focus();
    button.click();
  }, answers);

/** @type {(page: Page, answers: Answers) => Promise<void>} */
const paste = async (page, answers) => {
  for (const [label, value] of answers) {
    const field = page.getByLabel(label);
    await page.evaluate((value) => {
      const signature = Object.assign(document.createElement("textarea"), { value });
      document.body.append(signature);
      signature.select();
    }, value);
    await page.keyboard.press("Control+C");
    await field.focus();
    await page.keyboard.press("Control+V");
    assert.equal(await field.inputValue(), value);
    await page.keyboard.press("Tab");
  }
};

/** @param {Page} page */
const press = (page) => page.getByRole("button", { name: "Send" }).click();
/** @type {(email: string) => Answers} */
const answers = (email) => [["Name", "Ben Hollis"], ["Company", "Hollis"], ["Business mail", email]];
/** @type {(email: string) => Answers} */
const andTheTrap = (email) => [...answers(email), ["Leave empty", "http://spam.test"]];

/**
 * @typedef {object} Case
 * @property {string} who
 * @property {(page: Page, email: string) => Promise<unknown>} act
 * @property {string[]} [findings]
 * @property {string[]} [held] why a person should look first
 * @property {boolean} [driven] the browser says that a program drives it
 * @property {boolean} [early] acts before the server has answered
 * @property {boolean} [hasty] half a second after the session began, however slow this machine is
 */

/** @type {(...steps: ((page: Page, email: string) => Promise<unknown>)[]) => Case["act"]} */
const inTurn = (...steps) => async (page, email) => {
  for (const step of steps) await step(page, email);
};
/** @type {Case["act"]} */
const typeAll = (page, email) => type(page, answers(email));
/** @type {Case["act"]} */
const fillAll = (page, email) => fillAtOnce(page, answers(email));

/** @type {Case[]} */
const honest = [
  { who: "who types fast", act: inTurn(typeAll, readLong, press) },
  { who: "who presses Enter in the last field", act: inTurn(typeAll, readLong, (page) => page.getByLabel("Business mail").press("Enter")) },
  { who: "whose browser fills everything in, and who presses at once", act: inTurn(fillAll, press) },
  { who: "whose browser filled everything in before the server answered", early: true, act: inTurn(fillAll, (page) => scored(page), press) },
  { who: "who pastes every field from a signature, and presses at once", act: inTurn((page, email) => paste(page, answers(email)), press) },
  {
    who: "whose password manager tells the page of changes alone, and who looks them over",
    findings: ["typing_rate"],
    act: inTurn((page, email) => fillAtOnce(page, answers(email), ["change"]), readLong, press),
  },
  {
    who: "whose browser also fills in what nobody sees",
    findings: ["honeypot"],
    held: ["honeypot"],
    act: inTurn((page, email) => fillAtOnce(page, andTheTrap(email)), press),
  },
];

/** @type {Case[]} */
const dishonest = [
  {
    who: "a program that fills in and sends within two seconds",
    findings: ["too_fast", "typing_rate", "sent_at_once"],
    hasty: true,
    act: (page, email) => replay(page, answers(email)),
  },
  {
    who: "a program that waits, then fills in and sends in one moment",
    findings: ["typing_rate", "sent_at_once"],
    act: inTurn(readLong, (page, email) => replay(page, answers(email))),
  },
  {
    who: "a program that fills in what nobody sees, too",
    findings: ["honeypot", "typing_rate", "sent_at_once"],
    act: inTurn(readLong, (page, email) => replay(page, andTheTrap(email))),
  },
  { who: "a browser that says that a program drives it", findings: ["automation"], driven: true, act: inTurn(typeAll, readLong, press) },
];

/**
 * Has somebody act on a page of their own, and reads what became of it.
 * @param {import("node:test").TestContext} t
 * @param {Case} one
 * @param {string} email
 */
async function play(t, { act, driven, early, hasty }, email) {
  const trap = `<label style="position:absolute;left:-9999px">Leave empty <input name="website" data-assay-field="honeypot" tabindex="-1"></label>`;
  const form = shortForm(tag(w.server.url).replace(`"demo"`, `"${KEY}"`)).replace("<button>", `${trap}<button>`);
  const { url, posts } = await site(t, { "/": { html: form } });
  const page = await person(t, w, {
    tolerate: [/favicon/],
    script: driven ? undefined : () => Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false }),
  });
  if (hasty) {
    const start = Date.now();
    await page.clock.install({ time: start });
    await page.clock.pauseAt(start + 1000);
  }
  if (early) {
    await page.route("**/boot*", async (route) => {
      await page.waitForFunction(() => document.querySelector("input")?.value);
      await route.continue();
    });
  }
  await page.goto(url);
  await page.waitForFunction(() => /** @type {any} */ (window).assay?.loaded);
  if (hasty) {
    await page.waitForFunction((record) => localStorage.getItem(record), `assay.${KEY}`);
    await page.clock.runFor(500);
  } else if (!early) await scored(page);
  await act(page, email);
  await page.waitForURL("**/thanks");
  assert.equal(posts.length, 1, "the page's own submit happens in any case");
  // The touch may still be under way when the page has gone.
  const leads = async () => (await ask(`/v1/leads?q=${encodeURIComponent(email)}`)).items;
  for (const end = Date.now() + DEADLINE; Date.now() < end && !(await leads()).length; );
  const alerts = await alertsAbout(email);
  const items = await leads();
  assert.equal(items.length, 1);
  const lead = await ask(`/v1/leads/${items[0].id}`);
  const codes = lead.touches.flatMap((/** @type {any} */ { findings = [] }) => findings.map((/** @type {any} */ { code }) => code));
  return { alerts: alerts.length, lead, codes };
}

for (const [i, one] of honest.entries()) {
  test(`a person ${one.who}: not suspect, and somebody hears of them`, LIMIT, async (t) => {
    const { alerts, lead, codes } = await play(t, one, `honest-${i}@abuse.test`);
    assert.deepEqual([lead.verdict, lead.stage, alerts], ["verified", "lead", 1]);
    assert.deepEqual([codes, lead.held], [one.findings ?? [], one.held]);
  });
}

for (const [i, one] of dishonest.entries()) {
  test(`${one.who}: suspect, stored and listed, and nobody is alerted`, LIMIT, async (t) => {
    const { alerts, lead, codes } = await play(t, one, `dishonest-${i}@abuse.test`);
    assert.deepEqual([lead.verdict, lead.stage, alerts], ["suspect", "junk", 0]);
    assert.deepEqual([codes, lead.held], [one.findings, one.findings]);
    const days = (Date.parse(lead.review_due) - Date.now()) / 86_400_000;
    assert.ok(days > 1 && days < 5, "somebody is to look within two working days");
    const { items } = await ask("/v1/leads?verdict=suspect");
    assert.ok(items.some((/** @type {any} */ { id }) => id === lead.id), "listed");
  });
}
