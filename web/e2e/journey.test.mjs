// The main line: a visitor turns hot on a form, submits, and a rep sees one alert.
import assert from "node:assert/strict";
import { test } from "node:test";
import { leadOf, onlyAlert } from "./feed.mjs";
import { LIMIT, person, rep, world } from "./harness.mjs";
import { answer, answerAll, brief, collectTouches, onlyTouch, promising, scored, send, takeTime } from "./visitor.mjs";

const w = world();

/** Keeps every band that the form shows, in order. */
function watchBands() {
  /** @type {(string | undefined)[]} */
  const bands = (/** @type {any} */ (window).bands = []);
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const band = /** @type {HTMLElement} */ (target).dataset.assayBand;
      if (band !== bands[bands.length - 1]) bands.push(band);
    }
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-assay-band"] });
}

test("a visitor goes from cold to hot, submits, and the rep sees one alert of the same grade", LIMIT, async (t) => {
  const email = "ada.marlow@northbeck.test";
  const feed = await rep(t, w);
  const page = await person(t, w, { script: watchBands });
  const touches = collectTouches(page);

  /** @type {(detail: any) => void} */
  let counted = () => {};
  const afterSubmit = new Promise((resolve) => (counted = resolve));
  let pressed = false;
  await page.exposeFunction("tell", (/** @type {string} */ what, /** @type {any} */ detail) => {
    if (what === "submit") pressed = true;
    else if (pressed) counted(detail);
  });
  await page.addInitScript(() => {
    for (const type of ["submit", "assay:score"]) {
      addEventListener(type, (event) => /** @type {any} */ (window).tell(type, /** @type {any} */ (event).detail), true);
    }
  });
  // The page is kept for as long as its engine takes to count the submit, as on any site that answers slowly.
  await page.route("**/demo/thanks/", async (route) => {
    await afterSubmit;
    await route.continue();
  });

  await page.goto("/demo/pricing/");
  await page.getByRole("link", { name: "Book a demo of Several" }).click();
  await page.waitForURL("**/demo/book-a-demo/");
  await scored(page, "cold");
  assert.ok(await page.getByText("Priority: we answer this first").isHidden(), "nothing is promised to the cold");
  const answers = promising(email);
  await answerAll(page, answers.slice(0, -1));
  await scored(page, "warm");
  await answer(page, answers[answers.length - 1]);
  await scored(page, "hot");
  await page.getByText("Would you rather talk now?").waitFor();
  assert.deepEqual(await page.evaluate("bands"), ["cold", "warm", "hot"], "the band changes while the form is filled in");
  await takeTime(page);
  await send(page);

  const score = /** @type {any} */ (await afterSubmit);
  const alert = await onlyAlert(feed, email);
  assert.equal(alert.kind, "prospect");
  assert.equal(alert.grade, score.grade, "the rep reads the grade that the page's engine gives");
  assert.equal(alert.band, score.band);

  const touch = onlyTouch(touches);
  assert.deepEqual(touch.claim, { engagement: score.engagement, fit: score.fit, band: score.band });
  assert.ok(touch.visits[0].evidence, "evidence, as the engine writes it");
  assert.doesNotMatch(atob(touch.visits[0].evidence.replaceAll("-", "+").replaceAll("_", "/")), /Northbeck/, "no text in the evidence");

  const lead = await leadOf(feed, alert.lead);
  assert.equal(lead.verdict, "verified", JSON.stringify(lead.touches));
  assert.equal(lead.stage, "prospect");
  assert.equal(lead.engagement, score.engagement);
  assert.equal(lead.fit, score.fit);
  const strongest = score.reasons
    .filter((/** @type {any} */ { rule }) => rule !== 254)
    .map((/** @type {any} */ { points }) => points)
    .sort((/** @type {number} */ a, /** @type {number} */ b) => b - a)
    .slice(0, 3);
  assert.deepEqual(alert.reasons.map((text) => parseInt(text.slice(1))), strongest, "the three strongest reasons");
  for (const dimension of ["engagement", "fit"]) {
    const rows = lead.ledger.filter((/** @type {any} */ row) => row.dimension === dimension);
    const sum = rows.reduce((/** @type {number} */ sum, /** @type {any} */ row) => sum + row.points, 0);
    assert.equal(sum, lead[dimension], `the reasons of ${dimension} sum to it`);
  }
});

test("three fields raise one quiet alert of somebody who asks to talk", LIMIT, async (t) => {
  const email = "ben@hollis.test";
  const feed = await rep(t, w);
  const page = await person(t, w);
  const touches = collectTouches(page);
  await page.goto("/demo/quick-demo/");
  await scored(page, "cold");
  await answerAll(page, brief(email));
  await takeTime(page);
  await send(page);

  const alert = await onlyAlert(feed, email);
  assert.equal(alert.kind, "hand_raise");
  assert.match(alert.grade, /^\?/, "unknown is never bad");
  onlyTouch(touches);
  const lead = await leadOf(feed, alert.lead);
  assert.equal(lead.verdict, "verified", JSON.stringify(lead.touches));
  assert.equal(lead.stage, "lead");
  const { items } = await feed.evaluate(async () => (await fetch("/v1/alerts?after=0&limit=200")).json());
  const told = items.find((/** @type {any} */ { data }) => data.lead === alert.lead);
  assert.equal(told.data.quiet, true);
});
