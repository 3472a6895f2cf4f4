// Who is on a form now: told to reps while it is so, with the visitor's consent, and of no use to anybody afterwards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { askingPage, askingSite } from "./asking.mjs";
import { alertsAbout, onlyAlert, waitForAlert } from "./feed.mjs";
import { LIMIT, person, rep, world } from "./harness.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { answer, answerAll, brief, collectTouches, promising, scored, send, takeTime } from "./visitor.mjs";

/** @typedef {import("playwright-core").Page} Page */
const w = world();

/** @type {(page: Page) => import("./visitor.mjs").Touch[]} */
const beatsOf = (page) => collectTouches(page, "live");

/** Milliseconds from one look of the script to the next. */
const LOOK = 5500;

/**
 * Stops a page's clock: it runs by `pass` alone.
 * @param {Page} page
 */
const stop = async (page) => page.clock.pauseAt((await page.evaluate(() => Date.now())) + 60_000);

/**
 * Gives what waits until the script's part for this is there, which comes with the first answer.
 * @param {Page} page
 */
function presenceOf(page) {
  const asked = page.waitForResponse(async (answer) => /\/engine\/\w+\.js$/.test(answer.url()) && (await answer.text()).includes('"live"'));
  return async () => page.evaluate(async (address) => void (await import(address)), (await asked).url());
}

/**
 * Has a page's clock run, and waits until what it sent by then is known.
 * @param {Page} page
 * @param {number} ms
 */
async function pass(page, ms) {
  await page.clock.runFor(ms);
  await page.evaluate(() => fetch("/", { method: "HEAD" }));
}

test("a rep's stream has a visitor who is on a form, and an alert once when it is somebody hot whom we know", LIMIT, async (t) => {
  const email = "present@live.test";
  const feed = await rep(t, w);
  await feed.evaluate(() => {
    const heard = /** @type {any} */ (window).heard = /** @type {any[]} */ ([]);
    const socket = new WebSocket("/v1/alerts/stream".replace(/^/, location.origin.replace("http", "ws")), "assay.v1");
    socket.onmessage = ({ data }) => heard.push(JSON.parse(data));
    return new Promise((resolve) => (socket.onopen = resolve));
  });
  const present = (/** @type {string | undefined} */ lead) =>
    feed.waitForFunction(
      (lead) => /** @type {any} */ (window).heard.find((/** @type {any} */ { type, data }) => type === "presence" && data.here && data.lead == lead),
      lead,
    ).then((found) => found.evaluate(({ data }) => data));

  const page = await person(t, w);
  const beats = beatsOf(page);
  await page.goto("/demo/book-a-demo/?from=mail#top");
  await scored(page);
  await answer(page, promising(email)[0]);
  const { form, form_kind, page: address, verdict, who } = await present(undefined);
  assert.deepEqual([form, form_kind, address, verdict, who], ["book-a-demo", "demo", `${w.server.url}/demo/book-a-demo/`, "verified", undefined]);
  const [beat] = beats;
  assert.deepEqual([beat.profile, beat.answers, beat.claim, beat.visits.length, beat.consent], [{}, {}, undefined, 1, true]);
  assert.ok(beat.visitor);

  await answerAll(page, promising(email).slice(1));
  await takeTime(page);
  await send(page);
  const { lead } = await onlyAlert(feed, email);
  await page.goto("/demo/pricing/");
  await page.goto("/demo/book-a-demo/");
  await scored(page);
  const before = beats.length;
  await answer(page, promising(email)[0]);
  assert.equal((await present(lead)).who.email, email);
  await waitForAlert(feed, "Northbeck");
  const again = page.waitForRequest((request) => request.url().endsWith("/v1/touches") && beats.length > before + 1);
  await answerAll(page, promising(email).slice(1, 3));
  await again;
  const kinds = (await alertsAbout(feed, email)).map(({ kind }) => kind).sort();
  assert.deepEqual(kinds, ["live", "prospect"]);
});

test("a beat comes when something happened, else every quarter of a minute, in sight alone, until the submit and for half an hour", LIMIT, async (t) => {
  const html = shortForm(tag(w.server.url)).replace("<form", `<form data-assay-submit="ajax"`);
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, { tolerate: [/favicon/] });
  const beats = beatsOf(page);
  const there = presenceOf(page);
  await page.clock.install();
  await page.goto(url);
  await scored(page);
  await stop(page);
  await pass(page, 2 * LOOK);
  assert.equal(beats.length, 0, "nobody has begun");
  await answer(page, brief("pace@live.test")[0]);
  await there();
  await pass(page, LOOK);
  assert.equal(beats.length, 1);
  await pass(page, LOOK); // what was answered shows in the log by now, if it did not before
  const first = beats.length;
  assert.ok(first < 3);
  await pass(page, 6 * LOOK); // and no minute of reading is over, which would be a signal
  assert.equal(beats.length, first + 2, "somebody is still there");
  await answer(page, brief("pace@live.test")[1]);
  await pass(page, 100);
  const before = beats.length;
  await pass(page, LOOK);
  assert.equal(beats.length, before + 1, "something happened");
  /** @type {(hidden: boolean) => Promise<void>} */
  const hide = (hidden) => page.evaluate((hidden) => void Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true }), hidden);
  await hide(true);
  await pass(page, 12 * LOOK);
  assert.equal(beats.length, before + 1, "out of sight");
  await hide(false);
  await pass(page, LOOK);
  assert.equal(beats.length, before + 2, "back");
  assert.equal(await page.evaluate(() => JSON.parse(localStorage.getItem("assay.demo") ?? "{}").waiting.length), 0, "nothing is kept");

  await answerAll(page, brief("pace@live.test").slice(2));
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForFunction(() => JSON.parse(localStorage.getItem("assay.demo") ?? "{}").waiting.length === 0);
  const sent = beats.length;
  await pass(page, 60_000);
  assert.equal(beats.length, sent, "the form was sent");

  await page.clock.resume();
  await page.goto(url);
  await scored(page);
  await answer(page, brief("pace@live.test")[0]);
  await pass(page, 31 * 60_000);
  const all = beats.length;
  assert.ok(all > sent + 60, `${all - sent} beats`);
  await pass(page, 60_000);
  assert.equal(beats.length, all, "half an hour is over");
});

test("on a site that asks, the first beat follows the visitor's consent", LIMIT, async (t) => {
  await askingSite(w.server, { live: true });
  const { url } = await site(t, { "/": { html: askingPage(w.server.url, "google") } });
  const page = await person(t, w, { tolerate: [/favicon/] });
  const beats = beatsOf(page);
  const there = presenceOf(page);
  await page.clock.install();
  await page.goto(url);
  await scored(page);
  await answerAll(page, brief("asked@live.test").slice(0, 2));
  await there();
  await pass(page, 60_000);
  assert.equal(beats.length, 0);
  await page.evaluate(() => /** @type {any} */ (window).dataLayer.push(["consent", "update", { analytics_storage: "granted" }]));
  await pass(page, 6000);
  assert.equal(beats.length, 1);
  assert.deepEqual([beats[0].consent, beats[0].visits.length], [true, 1]);
});

test("no beat without consent, after it was taken back, or with Global Privacy Control; a busy server has the next, one that refuses no more", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: shortForm(tag(w.server.url)) } });
  const signalled = () => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true });
  const quiet = await person(t, w, { tolerate: [/favicon/], script: signalled });
  const page = await person(t, w, { tolerate: [/favicon/, /status of (503|403)/] });
  const [none, beats] = [beatsOf(quiet), beatsOf(page)];
  for (const one of [quiet, page]) {
    const there = presenceOf(one);
    await one.clock.install();
    await one.goto(url);
    await scored(one);
    await stop(one);
    await answerAll(one, brief("quiet@live.test").slice(0, 2));
    await there();
    await pass(one, 6000);
  }
  assert.deepEqual([none.length, beats.length], [0, 1]);
  await page.clock.resume();
  const consent = (/** @type {boolean} */ given) => page.evaluate((given) => /** @type {any} */ (window).assay("consent", given), given);
  const booted = page.waitForResponse(/\/boot/); // a visit that begins anew, in memory
  await consent(false);
  await answer(page, brief("quiet@live.test")[2]);
  await booted;
  await pass(page, 60_000);
  assert.equal(beats.length, 1);
  await consent(true);
  await pass(page, 6000);
  assert.equal(beats.length, 2);
  await stop(page);
  for (const [status, more] of [[503, 2], [403, 1]]) {
    const before = /** @type {number} */ (beats.length);
    await page.route("**/v1/touches", (route) => route.fulfill({ status, headers: { "Access-Control-Allow-Origin": "*" } }));
    for (let i = 0; i < 2; i++) {
      const answered = i < more && page.waitForResponse("**/v1/touches");
      await page.clock.runFor(3 * LOOK); // of which one has a beat
      await answered;
    }
    await pass(page, 0);
    assert.equal(beats.length - before, more, `${status}`);
    await page.unroute("**/v1/touches");
  }
});
