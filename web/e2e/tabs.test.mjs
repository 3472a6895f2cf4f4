// One visitor with several tabs open: one visit, which each tab adds to, and nothing twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { askingSite, noProgram } from "./asking.mjs";
import { leadBy } from "./feed.mjs";
import { LIMIT, person, rep, world } from "./harness.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { answer, brief, collectTouches, onlyTouch, scored, takeTime } from "./visitor.mjs";
import { readLong, SIGNAL, soFar, submitAnswered, visits } from "./visits.mjs";

/** @typedef {import("playwright-core").Page} Page */

const w = world();
const quiet = { tolerate: [/favicon/] };
const MINUTE = 60_000;

const ajax = () => shortForm(tag(w.server.url)).replace("<form", `<form data-assay-submit="ajax"`);
const text = () => `<!doctype html><title>Text</title>${tag(w.server.url)}<h1>Text</h1>`;

/**
 * Has no tab be in front: Playwright makes each believe that it is, and of two that write their time down at the same moment, as no
 * two of a person's do, one may overwrite what the other has just noted.
 * @param {Page} page
 */
const inBackground = (page) => page.context().addInitScript(() => void (document.hasFocus = () => false));

/** Another tab of the same person. @param {Page} page */
const another = (page) => page.context().newPage();

/** Sends the form and waits until it is taken. @param {Page} page */
async function send(page) {
  const taken = submitAnswered(page);
  await page.getByRole("button", { name: "Send" }).click();
  assert.equal((await taken).status(), 202);
}

test("two tabs that begin at the same moment are one visit, with a page view of each", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: text() }, "/other": { html: text() } });
  const page = await person(t, w, quiet);
  await inBackground(page);
  const tabs = [page, await another(page)];
  let boots = 0, both = () => {};
  const asked = new Promise((resolve) => (both = () => resolve(undefined)));
  /** Both have asked before either is answered; the second hears when the first is there. */
  await page.context().route("**/boot*", async (route) => {
    if (++boots === 2) both();
    await asked;
    if (route.request().frame().page() !== page) await page.waitForFunction(() => localStorage.getItem("assay.demo"));
    await route.continue();
  });
  await Promise.all(tabs.map((tab, i) => tab.goto(url + ["/", "/other"][i])));
  for (const tab of tabs) await soFar(tab);
  const kept = await visits(page);
  assert.equal(boots, 2, "neither could know of the other");
  assert.deepEqual(kept.map((codes) => codes.filter((code) => code === SIGNAL.page)), [[SIGNAL.page, SIGNAL.page]]);
  const third = await another(page);
  await third.goto(url);
  await soFar(third);
  assert.deepEqual([boots, (await visits(page)).length], [2, 1], "a later tab goes on with that visit");
});

test("a form in each of two tabs, filled in by turns: each is one touch, the later log goes on from the earlier, and both are verified", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: ajax() } });
  const page = await person(t, w, quiet);
  await inBackground(page);
  const other = await another(page);
  const [one, two] = [collectTouches(page), collectTouches(other)];
  await page.goto(url);
  await scored(page);
  await other.goto(url);
  await scored(other);
  for (let i = 0; i < 3; i++) {
    for (const tab of [page, other]) await answer(tab, brief("both@tabs.test")[i]);
  }
  await takeTime(page);
  await send(page);
  await send(other);
  const [first, second] = [onlyTouch(one), onlyTouch(two)];
  assert.notEqual(first.id, second.id);
  assert.deepEqual([first.visitor, first.visits[0].session], [second.visitor, second.visits[0].session]);
  const [before, after] = [first, second].map(({ visits }) => atob((visits[0].evidence ?? "").replaceAll("-", "+").replaceAll("_", "/")));
  assert.ok(before.length > 14 && after.length > before.length && after.startsWith(before), "nothing of one tab is lost or changed by the other");
  const codes = (await visits(page)).flat();
  const count = (/** @type {number} */ wanted) => codes.filter((code) => code === wanted).length;
  assert.deepEqual([SIGNAL.page, SIGNAL.formViewed, SIGNAL.started, SIGNAL.answered, SIGNAL.asked].map(count), [2, 2, 2, 6, 2]);
  const feed = await rep(t, w);
  const { touches } = await leadBy(feed, "both@tabs.test");
  assert.deepEqual(touches.map((/** @type {any} */ { verdict }) => verdict), ["verified", "verified"]);
});

test("who consents in one tab has consented in the other, which then sends the visit; who takes it back there is followed here", LIMIT, async (t) => {
  const verdictOf = await askingSite(w.server);
  const html = ajax().replace(`data-site="demo" data-consent="not-required"`, `data-site="asks"`);
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, { ...quiet, script: noProgram });
  await inBackground(page);
  const other = await another(page);
  const touches = collectTouches(other);
  for (const tab of [page, other]) {
    await tab.goto(url);
    await scored(tab);
  }
  const say = (/** @type {boolean} */ word) => page.evaluate((word) => /** @type {any} */ (window).assay("consent", word), word);
  await say(true);
  for (const [label, value] of brief("given@tabs.test")) {
    await other.getByLabel(label).pressSequentially(value, { delay: 40 });
    await other.keyboard.press("Tab");
  }
  await readLong(other);
  await send(other);
  assert.deepEqual([touches[0].consent, touches[0].visits.length], [true, 1]);
  assert.equal(await verdictOf("given@tabs.test"), "verified");

  await say(false);
  await other.getByLabel("Business mail").fill("taken-back@tabs.test");
  await send(other);
  const { consent, visits: sent, visitor, claim } = touches[1];
  assert.deepEqual([consent, sent, visitor, claim], [false, [], undefined, undefined]);
  assert.deepEqual([await page.evaluate(() => localStorage.length), await verdictOf("taken-back@tabs.test")], [0, "unverified"]);
});

test("a minute in front of several tabs in turn is told once, and so are three", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: ajax() } });
  const page = await person(t, w, { ...quiet, script: () => addEventListener("assay:score", (event) => Object.assign(window, { said: /** @type {CustomEvent} */ (event).detail }), true) });
  await page.clock.install();
  const other = await another(page);
  for (const tab of [page, other]) {
    await tab.goto(url);
    await scored(tab);
    await soFar(tab); // what each noted at first is kept: two that write at the same moment are not what this is about
  }
  for (const tab of [page, other]) {
    // Playwright has every page believe that it is in front.
    await (await page.context().newCDPSession(tab)).send("Emulation.setFocusEmulationEnabled", { enabled: false });
  }
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 5000);
  /** Has time pass with a tab in front; gives how often each was told. @type {(tab: Page, minutes: number) => Promise<number[]>} */
  const pass = async (tab, minutes) => {
    await tab.bringToFront();
    await tab.waitForFunction(() => document.hasFocus(), undefined, { polling: 20 });
    await (tab === page ? other : page).waitForFunction(() => !document.hasFocus(), undefined, { polling: 20 });
    await page.clock.runFor(minutes * MINUTE);
    const codes = (await visits(page)).flat();
    return [SIGNAL.minute, SIGNAL.threeMinutes].map((one) => codes.filter((code) => code === one).length);
  };
  assert.deepEqual(await pass(page, 0.5), [0, 0]);
  assert.deepEqual(await pass(other, 0.25), [0, 0], "45 seconds of both");
  assert.deepEqual(await pass(page, 0.25), [1, 0], "a minute of both");
  assert.deepEqual(await pass(other, 1.5), [1, 0]);
  assert.deepEqual(await pass(page, 0.5), [1, 1], "three minutes of both");
  assert.deepEqual(await pass(other, 6), [1, 1]);
  assert.deepEqual(await pass(page, 6), [1, 1]);
  await other.evaluate(() => /** @type {any} */ (window).assay("signal", "custom"));
  await page.clock.runFor(1000);
  const { reasons } = await other.evaluate(() => /** @type {any} */ (window).said);
  const earned = reasons.filter((/** @type {any} */ { label }) => /^Active for/.test(label)).map((/** @type {any} */ { points }) => points);
  assert.deepEqual(earned, [4, 6]);
});
