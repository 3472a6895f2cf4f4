// Whatever fails on our side, the page's form works, and what was sent arrives once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alertsAbout, leadOf, onlyAlert } from "./feed.mjs";
import { LIMIT, person, rep, world } from "./harness.mjs";
import { answerAll, collectTouches, onlyTouch, promising, scored, send, takeTime } from "./visitor.mjs";

const w = world();
/** What a browser logs about a request that a blocker stopped. */
const blocked = /net::ERR_FAILED/;

test("engine blocked: the signals go as they are, and the server scores alone", LIMIT, async (t) => {
  const email = "no-engine@blocked.test";
  const feed = await rep(t, w);
  const page = await person(t, w, { tolerate: [blocked] });
  const touches = collectTouches(page);
  await page.route("**/engine/**", (route) => route.abort());
  await page.goto("/demo/pricing/");
  await page.goto("/demo/book-a-demo/");
  await answerAll(page, promising(email));
  await takeTime(page);
  assert.equal(await page.locator("form").first().getAttribute("data-assay-band"), null, "no engine, no band");
  await send(page);

  const alert = await onlyAlert(feed, email);
  const { visits, claim } = onlyTouch(touches);
  assert.equal(visits.length, 1);
  assert.equal(visits[0].evidence, undefined);
  assert.ok((visits[0].signals ?? []).length > 10, "signals stand in for evidence");
  assert.equal(claim, undefined);
  const lead = await leadOf(feed, alert.lead);
  assert.equal(lead.verdict, "verified", JSON.stringify(lead.touches));
  assert.equal(alert.kind, "prospect");
  assert.equal(alert.grade, lead.grade, "the server's grade");
  assert.equal(lead.band, "hot");
});

test("a browser without base64 for bytes: the signals go as they are, and the score that it showed is verified", LIMIT, async (t) => {
  const email = "older@browser.test";
  const feed = await rep(t, w);
  const page = await person(t, w);
  const touches = collectTouches(page);
  await page.addInitScript(() => delete (/** @type {any} */ (Uint8Array.prototype).toBase64));
  await page.goto("/demo/book-a-demo/");
  await scored(page, "cold");
  await answerAll(page, promising(email));
  await takeTime(page);
  await send(page);

  const alert = await onlyAlert(feed, email);
  const { visits, claim } = onlyTouch(touches);
  assert.equal(visits[0].evidence, undefined);
  assert.ok((visits[0].signals ?? []).length > 5, "signals stand in for evidence");
  const lead = await leadOf(feed, alert.lead);
  assert.equal(lead.verdict, "verified", JSON.stringify(lead.touches));
  assert.deepEqual([claim?.engagement, claim?.fit], [lead.engagement, lead.fit], "what the browser claimed");
});

test("our side down at the submit: the touch waits and is delivered from a later page, once", LIMIT, async (t) => {
  const email = "later@down.test";
  const feed = await rep(t, w);
  const page = await person(t, w, { tolerate: [blocked] });
  const touches = collectTouches(page);
  await page.goto("/demo/pricing/");
  await page.goto("/demo/book-a-demo/");
  await scored(page, "cold");
  await answerAll(page, promising(email));
  await takeTime(page);
  await page.route("**/v1/touches", (route) => route.abort());
  await send(page);
  assert.deepEqual(await alertsAbout(feed, email), [], "nothing has arrived yet");
  assert.ok(touches.length >= 1, "it was tried");
  await page.unroute("**/v1/touches");

  await page.goto("/demo/customers/");
  const alert = await onlyAlert(feed, email);
  onlyTouch(touches);
  const lead = await leadOf(feed, alert.lead);
  assert.equal(lead.verdict, "verified", JSON.stringify(lead.touches));
  assert.equal(lead.touches.length, 1);
  await acknowledged(page);
});

test("our side down from the first page on: the ask arrives later, unverified, once", LIMIT, async (t) => {
  const email = "never@up.test";
  const feed = await rep(t, w);
  const page = await person(t, w, { tolerate: [blocked] });
  const touches = collectTouches(page);
  await page.route("**/v1/**", (route) => route.abort());
  await page.goto("/demo/pricing/");
  await page.goto("/demo/book-a-demo/");
  await answerAll(page, promising(email));
  await send(page);
  assert.deepEqual(await alertsAbout(feed, email), [], "nothing has arrived yet");
  await page.unroute("**/v1/**");

  await page.goto("/demo/customers/");
  const alert = await onlyAlert(feed, email);
  assert.deepEqual(onlyTouch(touches).visits, [], "no session, no evidence");
  const lead = await leadOf(feed, alert.lead);
  assert.equal(lead.verdict, "unverified");
  await acknowledged(page);
});

/**
 * Waits until the browser keeps no touch any more.
 * @param {import("playwright-core").Page} page
 */
const acknowledged = (page) =>
  page.waitForFunction(() => JSON.parse(localStorage.getItem("assay.demo") ?? "{}").waiting?.length === 0);
