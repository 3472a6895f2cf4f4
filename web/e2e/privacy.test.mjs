// Visitors who ask not to be followed, fill forms by machine, or run no script: the form works for all of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alertsAbout, leadBy, leadOf, onlyAlert } from "./feed.mjs";
import { LIMIT, person, rep, world } from "./harness.mjs";
import { answerAll, collectTouches, onlyTouch, promising, scored, send } from "./visitor.mjs";

const w = world();

for (const [what, email, script] of /** @type {[string, string, () => void][]} */ ([
  ["Global Privacy Control", "gpc@private.test", () => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true })],
  ["Do Not Track", "dnt@private.test", () => Object.defineProperty(Navigator.prototype, "doNotTrack", { get: () => "1" })],
])) {
  test(`${what}: nothing is stored, no evidence leaves, whatever the page says; the ask still reaches a rep`, LIMIT, async (t) => {
    const feed = await rep(t, w);
    const page = await person(t, w, { script });
    const touches = collectTouches(page);
    /** @type {string[]} */
    const boots = [];
    page.on("request", (request) => {
      if (request.url().includes("/boot")) boots.push(new URL(request.url()).search);
    });

    const keepsNothing = async () => {
      const stored = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
      assert.equal(stored, 0, "nothing in the page's storage");
      assert.deepEqual(await page.context().cookies(), [], "no cookie");
    };
    await page.goto("/demo/pricing/");
    await keepsNothing();
    await page.evaluate(() => localStorage.setItem("assay.demo", `{"visitor":"known-before","visits":[],"waiting":[]}`)); // of a time without the signal
    await page.goto("/demo/book-a-demo/");
    await scored(page);
    await page.evaluate(() => /** @type {any} */ (window).assay("consent", true)); // the signal outranks it
    await answerAll(page, promising(email));
    await keepsNothing();
    await send(page);

    const alert = await onlyAlert(feed, email);
    await keepsNothing();
    const touch = onlyTouch(touches);
    assert.equal(touch.visitor, undefined);
    assert.deepEqual(touch.visits, []);
    assert.equal(touch.claim, undefined);
    assert.deepEqual(boots.filter(Boolean), [], "boot is asked without a visitor");
    assert.match(alert.text, /Not verified/);
    const lead = await leadOf(feed, alert.lead);
    assert.equal(lead.verdict, "unverified");
    assert.equal(lead.stage, "prospect", "fit and the ask count without evidence");
  });
}

test("a form that the browser filled at once is not suspect", LIMIT, async (t) => {
  const email = "auto@filled.test";
  const feed = await rep(t, w);
  const page = await person(t, w);
  const touches = collectTouches(page);
  await page.goto("/demo/book-a-demo/");
  await scored(page, "cold");
  // Chromium fills only from a profile with saved addresses, which needs its settings pages. What a page can see of it
  // is this: values that change within one task, and an `input` and a `change` without inputType for each field.
  const values = {
    name: "Cleo Vance", email, role: "Managing director", phone: "+49 30 901820", company: "Vance Wholesale",
    company_size: "51-200", industry: "wholesale", country: "DE",
  };
  await page.evaluate((values) => {
    for (const [id, value] of Object.entries(values)) {
      const field = /** @type {HTMLInputElement} */ (document.getElementById(id));
      const { set } = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value"));
      set?.call(field, value);
      for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
  }, values);
  await send(page); // within two seconds: nobody waits longer than the browser takes

  const alert = await onlyAlert(feed, email);
  assert.equal(alert.kind, "prospect");
  const touch = onlyTouch(touches);
  assert.equal(touch.profile.phone, values.phone, "what was filled in goes along");
  const lead = await leadOf(feed, alert.lead);
  assert.equal(lead.verdict, "verified", JSON.stringify(lead.touches));
});

test("without JavaScript the form reaches the site, and nobody hears of it here", LIMIT, async (t) => {
  const email = "plain@noscript.test";
  const feed = await rep(t, w);
  const page = await person(t, w, { javaScriptEnabled: false });
  await page.goto("/demo/book-a-demo/");
  await page.getByLabel("Name (required)").fill("Dora Plain");
  await page.getByLabel("Work email (required)").fill(email);
  await page.getByLabel("Company (required)").fill("Plain");
  await send(page);
  assert.deepEqual(await alertsAbout(feed, email), []);
  await assert.rejects(leadBy(feed, email), /one lead/, "there is no record either");
});
