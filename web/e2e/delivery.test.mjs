// How touches reach the server: past refusals, without a network, several at once, from several tabs; each arrives once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { leadBy } from "./feed.mjs";
import { LIMIT, person, rep, world } from "./harness.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { answerAll, brief, collectTouches, onlyTouch, scored } from "./visitor.mjs";
import { submitAnswered } from "./visits.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("node:test").TestContext} TestContext */

const w = world();
const quiet = { tolerate: [/favicon/, /net::ERR/, /status of (422|429|50.)/] };
const TOUCHES = "**/v1/touches";

/** Runs first in each page: counts the answers that its script has heard of, also those that never came. */
function countAnswers() {
  const { fetch } = window;
  const scope = /** @type {any} */ (window);
  scope.answers = 0;
  window.fetch = async (...call) => {
    const answer = fetch(...call);
    const submit = /"type":"submit"/.test(`${call[1]?.body}`);
    await answer.catch(() => {});
    if (submit) scope.answers++;
    return answer;
  };
}

/** @type {(page: Page, many: number) => Promise<unknown>} */
const answered = (page, many) => page.waitForFunction((many) => /** @type {any} */ (window).answers >= many, many);

/** A form that stays on its page once it is sent: the answer can be waited for. */
const ajax = () => shortForm(tag(w.server.url)).replace("<form", `<form data-assay-submit="ajax"`);

/**
 * Somebody on a page whose clock the test moves, with a form filled in and ready to be sent.
 * @param {TestContext} t
 * @param {string} email
 */
async function ready(t, email) {
  const { url } = await site(t, { "/": { html: ajax() } });
  const page = await person(t, w, { ...quiet, script: countAnswers });
  await page.clock.install();
  const touches = collectTouches(page);
  await page.goto(url);
  await scored(page);
  await answerAll(page, brief(email));
  return { page, touches, url };
}

/**
 * Presses the button and waits until the page hears what became of it.
 * @param {Page} page
 */
async function press(page) {
  await page.evaluate(() => {
    const scope = /** @type {any} */ (window);
    delete scope.told;
    for (const name of ["assay:submitted", "assay:error"]) {
      addEventListener(name, (event) => (scope.told = [name, `${/** @type {CustomEvent} */ (event).detail.cause}`]), { capture: true });
    }
  });
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForFunction(() => /** @type {any} */ (window).told);
  return page.evaluate(() => /** @type {any} */ (window).told);
}

/**
 * The touches that wait in the browser.
 * @param {Page} page
 * @returns {Promise<{id: string}[]>}
 */
const waiting = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("assay.demo") ?? "{}").waiting ?? []);

/** @param {Page} page */
const acknowledged = (page) =>
  page.waitForFunction(() => JSON.parse(localStorage.getItem("assay.demo") ?? "{}").waiting?.length === 0);

test("without a network the touch waits, and goes out under its id when there is one again, without another page", LIMIT, async (t) => {
  const email = "train@offline.test";
  const { page, touches } = await ready(t, email);
  await page.context().setOffline(true);
  assert.deepEqual(await press(page), ["assay:error", "TypeError: Failed to fetch"]);
  const [{ id }] = await waiting(page);
  const delivered = submitAnswered(page);
  await page.context().setOffline(false); // the browser says so, and nobody waits for the next try
  assert.equal((await delivered).status(), 202);
  await acknowledged(page);
  assert.equal(onlyTouch(touches).id, id);
  assert.equal((await leadBy(await rep(t, w), email)).touches.length, 1);
});

for (const [status, headers] of /** @type {[number, Record<string, string>][]} */ ([[503, { "Retry-After": "2" }], [429, { "Retry-After": "9" }], [500, {}]])) {
  test(`answered ${status}, the touch is sent again under its id, later each time`, LIMIT, async (t) => {
    const email = `again-${status}@refused.test`;
    const { page, touches } = await ready(t, email);
    await page.route(TOUCHES, (route) => route.fulfill({ status, headers: { ...headers, "Access-Control-Allow-Origin": "*" } }));
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 60_000); // from now on it runs by `runFor` alone
    assert.deepEqual(await press(page), ["assay:error", `${status}`]);
    /** Seconds until each further try. */
    for (const seconds of [10, 20, 40, 80]) {
      const tried = touches.length;
      await page.clock.runFor((seconds - 5) * 1000);
      assert.equal(touches.length, tried, `not within ${seconds - 5} s`);
      await page.clock.runFor(5000);
      await answered(page, tried + 1);
    }
    await page.unroute(TOUCHES);
    const delivered = submitAnswered(page);
    await page.clock.runFor(160_000);
    assert.equal((await delivered).status(), 202);
    await acknowledged(page);
    onlyTouch(touches);
    assert.equal((await leadBy(await rep(t, w), email)).touches.length, 1);

    await page.route(TOUCHES, (route) => route.abort());
    await page.getByLabel("Business mail").fill(`other-${email}`);
    await press(page);
    const tried = touches.length;
    await page.clock.runFor(10_000);
    await answered(page, tried + 1); // as soon as at first, now that one has arrived
  });
}

test("who objects while enquiries wait: they arrive, and show nothing of what was seen before", LIMIT, async (t) => {
  const { page, touches } = await ready(t, "first@objects.test");
  await page.route(TOUCHES, (route) => route.abort());
  await press(page);
  await page.getByLabel("Business mail").fill("second@objects.test");
  await press(page);
  assert.ok(touches.every((touch) => touch.visits.length > 0), "rated until then");
  touches.length = 0;
  await page.unroute(TOUCHES);
  await page.route(TOUCHES, async (route) => {
    // Somebody objects while the first of the two is on its way again.
    if (touches.length === 1) await page.evaluate(() => /** @type {any} */ (window).assay("object"));
    await route.continue();
  });
  await page.clock.runFor(20_000);
  await answered(page, 4); // two that never arrived, and these
  assert.equal(touches.length, 2);
  assert.equal(touches[1].profile.email, "second@objects.test");
  const { visits, claim, objected } = touches[1];
  assert.deepEqual([visits, claim, objected], [[], undefined, true]);
});

test("who objects in another tab: what waits here still arrives, without what was seen before", LIMIT, async (t) => {
  const { page, touches, url } = await ready(t, "here@objects.test");
  await page.context().route(TOUCHES, (route) => route.abort());
  await press(page);
  const other = await page.context().newPage();
  await other.goto(url);
  await scored(other);
  await other.evaluate(() => /** @type {any} */ (window).assay("object"));
  await other.close();
  touches.length = 0;
  await page.context().unroute(TOUCHES);
  const delivered = submitAnswered(page);
  await page.clock.runFor(10_000);
  assert.equal((await delivered).status(), 202);
  const { profile, visits, claim, objected } = onlyTouch(touches);
  assert.deepEqual([profile.email, visits, claim, objected], ["here@objects.test", [], undefined, true]);
});

test("one that is refused does not hold up the next", LIMIT, async (t) => {
  const { page, touches } = await ready(t, "first@refused.test");
  await page.route(TOUCHES, (route) => route.abort());
  await press(page);
  await page.getByLabel("Business mail").fill("second@refused.test");
  await press(page);
  touches.length = 0;
  await page.unroute(TOUCHES);
  await page.route(TOUCHES, (route) => route.fulfill({ status: 422, headers: { "Access-Control-Allow-Origin": "*" } }), { times: 1 });
  await page.clock.runFor(10_000);
  await acknowledged(page);
  assert.deepEqual(touches.map(({ profile }) => profile.email), ["first@refused.test", "second@refused.test"]);
});

/** Somebody on a page of a new site that asks for consent first. @type {(t: import("node:test").TestContext, key: string) => Promise<{page: Page, touches: any[], url: string}>} */
async function asked(t, key) {
  await w.server.tool("site", "add", "-name", key, "-key", key, "-origin", "http://localhost:*", "-consent", "required");
  const { url } = await site(t, { "/": { html: ajax().replace(`data-site="demo" data-consent="not-required"`, `data-site="${key}"`) } });
  const page = await person(t, w, quiet);
  await page.clock.install();
  const touches = collectTouches(page);
  await page.goto(url);
  return { page, touches, url };
}

test("who objects where nothing may be kept: an enquiry that cannot be sent is not kept, either, and is sent again while the page is there", LIMIT, async (t) => {
  const { page, touches } = await asked(t, "asks");
  await page.evaluate(() => /** @type {any} */ (window).assay("object"));
  await answerAll(page, brief("asks@objects.test"));
  await page.route(TOUCHES, (route) => route.abort());
  await press(page);
  assert.deepEqual(await page.evaluate(() => JSON.parse(localStorage.getItem("assay.asks") ?? "{}")), { objected: true, visits: [], waiting: [] });
  await page.unroute(TOUCHES);
  const delivered = submitAnswered(page);
  await page.clock.runFor(10_000);
  assert.equal((await delivered).status(), 202);
  assert.equal(onlyTouch(touches).objected, true);
});

test("who consents in another tab: what waits here, where nothing could be kept, is not lost", LIMIT, async (t) => {
  const { page, touches, url } = await asked(t, "asksfirst");
  await answerAll(page, brief("waits@consent.test"));
  await page.context().route(TOUCHES, (route) => route.abort());
  await press(page);
  const other = await page.context().newPage();
  await other.goto(url);
  await scored(other);
  await other.evaluate(() => /** @type {any} */ (window).assay("consent", true));
  await other.close();
  await page.context().unroute(TOUCHES);
  touches.length = 0;
  const delivered = submitAnswered(page);
  await page.clock.runFor(10_000);
  assert.equal((await delivered).status(), 202);
  const { profile, visits, consent } = onlyTouch(touches);
  assert.deepEqual([profile.email, visits, consent], ["waits@consent.test", [], false], "as it was sent: consent came later");
});

test("a server that is down for long is asked ever more seldom: each touch once a turn, and delivered in the end", LIMIT, async (t) => {
  const { page, touches } = await ready(t, "first@long.test");
  await page.route(TOUCHES, (route) => route.abort());
  await press(page);
  await page.getByLabel("Business mail").fill("second@long.test");
  await press(page);
  assert.equal((await waiting(page)).length, 2);
  for (let turn = 1; turn <= 10; turn++) {
    await page.clock.fastForward(2 ** turn * 10_000); // longer than the pause
    await answered(page, 2 + 2 * turn);
    assert.equal(touches.length, 2 + 2 * turn);
  }
  await page.unroute(TOUCHES);
  await page.clock.fastForward(2 ** 11 * 10_000);
  await acknowledged(page);
  const feed = await rep(t, w);
  for (const email of ["first@long.test", "second@long.test"]) assert.equal((await leadBy(feed, email)).touches.length, 1);
});

test("two large touches at once: what the browser takes for pages that go is full, and the second goes out later under its id", LIMIT, async (t) => {
  const fields = ["name", "company", "role", "industry", "need", "budget", "timing", "authority", "tools", "message"];
  const areas = fields.map((name) => `<textarea name="${name}"></textarea>`).join("");
  const forms = ["one", "two"].map((name) => `<form data-assay-submit="ajax" data-assay-form="${name}" data-assay-kind="demo"><input name="email" value="${name}@large.test">${areas}</form>`);
  const { url } = await site(t, { "/": { html: `<!doctype html><title>Large</title>${tag(w.server.url)}${forms.join("")}` } });
  const page = await person(t, w, { ...quiet, script: countAnswers });
  await page.clock.install();
  const touches = collectTouches(page);
  /** @type {() => void} */
  let release = () => {};
  const held = new Promise((resolve) => (release = () => resolve(undefined)));
  await page.route(TOUCHES, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(url);
  await scored(page);
  await page.evaluate(() => {
    for (const area of document.querySelectorAll("textarea")) area.value = '"'.repeat(2000); // twice as long once it is JSON
    for (const form of document.forms) form.requestSubmit();
  });
  await answered(page, 1);
  const ids = (await waiting(page)).map(({ id }) => id);
  assert.deepEqual([ids.length, touches.map(({ id }) => id)], [2, [ids[0]]], "the second never left");
  release();
  await answered(page, 2);
  await page.clock.runFor(10_000);
  await acknowledged(page);
  assert.deepEqual([...new Set(touches.map(({ id }) => id))], ids);
  const feed = await rep(t, w);
  for (const name of ["one", "two"]) assert.equal((await leadBy(feed, `${name}@large.test`)).touches.length, 1);
});

test("two tabs that find the same touch waiting: one lead with one touch", LIMIT, async (t) => {
  const email = "tabs@waiting.test";
  const { page, touches, url } = await ready(t, email);
  await page.route(TOUCHES, (route) => route.abort());
  await press(page);
  await page.close();
  const tabs = [];
  for (let i = 0; i < 2; i++) tabs.push(await page.context().newPage());
  const sent = tabs.map((tab) => collectTouches(tab));
  await Promise.all(tabs.map((tab) => tab.goto(url)));
  for (const tab of tabs) await acknowledged(tab);
  for (const tab of tabs) await scored(tab);
  onlyTouch([...touches, ...sent.flat()]);
  assert.equal((await leadBy(await rep(t, w), email)).touches.length, 1);
});

test("what waited for more than seven days is refused, and is not kept", LIMIT, async (t) => {
  const email = "late@week.test";
  const { page, url } = await ready(t, email);
  await page.route(TOUCHES, (route) => route.abort());
  await press(page);
  await page.evaluate((at) => {
    const record = JSON.parse(localStorage.getItem("assay.demo") ?? "");
    record.waiting[0].at = at;
    localStorage.setItem("assay.demo", JSON.stringify(record));
  }, new Date(Date.now() - 8 * 24 * 3600_000).toJSON());
  await page.unroute(TOUCHES);
  const answer = submitAnswered(page);
  await page.goto(url);
  assert.equal((await answer).status(), 422);
  await acknowledged(page);
  await assert.rejects(leadBy(await rep(t, w), email), /one lead/);
});
