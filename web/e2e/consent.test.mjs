// Platforms that ask for consent: until it is given nothing is kept and no evidence leaves, then all, and after a withdrawal nothing.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { installed } from "../installed.mjs";
import { askingPage, askingSite, noProgram, watchVisitor } from "./asking.mjs";
import { LIMIT, person, world } from "./harness.mjs";
import { site } from "./pages.mjs";
import { scored } from "./visitor.mjs";

/** @typedef {import("node:test").TestContext} TestContext */
/** @typedef {import("playwright-core").Page} Page */
/** @typedef {{before?: string, after?: string, async?: boolean}} Scripts */
/** @typedef {(page: Page) => Promise<unknown>} Act */

/** The stub and the API that IAB Tech Lab publishes for platforms; a lock file beside them says which. */
const TCF = new URL("./tcf/", import.meta.url);

const w = world();
/** @type {ReturnType<typeof askingSite> | undefined} */
let asking;
/** @type {string} */
let stub;
/** A platform whose visitor chooses by `choose`: purposes consented to, or null where the GDPR does not apply. */
let platform = "";

before(async () => {
  stub = `<script>${await readFile(join(installed(TCF), "@iabtcf/stub/lib/stub.js"), "utf8")}</script>`;
  const contents = `
import { CmpApi } from "@iabtcf/cmpapi";
import { GVL, TCModel, TCString } from "@iabtcf/core";
const named = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((id) => [id, { id, name: "" + id }]));
const list = { gvlSpecificationVersion: 3, vendorListVersion: 1, tcfPolicyVersion: 4, lastUpdated: "2023-05-16T00:00:00Z",
  purposes: named, specialPurposes: {}, features: {}, specialFeatures: {}, stacks: {}, vendors: {} };
const api = new CmpApi(2, 1, true);
window.choose = (purposes, { shown = false, interests = [], publisher = [] } = {}) => {
  if (!purposes) return api.update(null);
  const model = new TCModel(new GVL(list));
  Object.assign(model, { cmpId: 2, cmpVersion: 1, isServiceSpecific: true });
  model.purposeConsents.set(purposes);
  model.purposeLegitimateInterests.set(interests);
  model.publisherConsents.set(publisher);
  api.update(TCString.encode(model), shown);
};`;
  const { outputFiles } = await build({ stdin: { contents, resolveDir: fileURLToPath(TCF) }, bundle: true, write: false, format: "iife", logLevel: "error" });
  platform = `<script>${outputFiles[0].text.replaceAll("</script", "<\\/script")}</script>`;
}, { timeout: 120_000 });

/**
 * Somebody on a page that listens to a platform.
 * @param {TestContext} t
 * @param {string} cmp
 * @param {Scripts} scripts
 * @param {() => void} [script] runs before anything else
 */
async function visitor(t, cmp, scripts, script = noProgram) {
  asking ||= askingSite(w.server);
  const verdictOf = await asking;
  const { url } = await site(t, { "/": { html: askingPage(w.server.url, cmp, scripts) } });
  const page = await person(t, w, { script, tolerate: [/favicon/] });
  const seen = watchVisitor(page);
  const loaded = page.waitForResponse(async (answer) => /\/engine\/\w+\.js$/.test(answer.url()) && (await answer.text()).includes("__tcfapi"));
  await page.goto(url);
  await loaded;
  await scored(page);
  return { page, url, verdictOf, ...seen };
}

/**
 * The way of a visitor who is asked, consents and takes it back.
 * @param {TestContext} t
 * @param {string} cmp
 * @param {Scripts} scripts
 * @param {{ask?: Act, accept: Act, withdraw: Act}} acts
 */
async function consents(t, cmp, scripts, { ask, accept, withdraw }) {
  const { page, byHand, nothingKept, kept, record, send, verdictOf } = await visitor(t, cmp, scripts);
  await ask?.(page);
  await byHand();
  await nothingKept();
  // No person types and sends within two seconds of a session's start, which nothing on the page keeps yet.
  await page.waitForFunction(() => performance.getEntriesByType("resource").some((entry) =>
    entry.name.includes("/boot") && performance.now() - /** @type {PerformanceResourceTiming} */ (entry).responseEnd > 2100));
  const first = await send(`before@${cmp}.test`);
  assert.deepEqual([first.visits, first.visitor, first.claim, first.consent], [[], undefined, undefined, false]);
  await nothingKept();

  await accept(page);
  await kept();
  const { visitor: id } = await record();
  assert.ok(id);
  const second = await send(`given@${cmp}.test`);
  assert.deepEqual([second.visits.length, second.visitor, second.consent], [1, id, true]);
  const evidence = atob((second.visits[0].evidence ?? "").replaceAll("-", "+").replaceAll("_", "/"));
  assert.ok(evidence.length > 14, "what came before the answer was not lost");

  await withdraw(page);
  await nothingKept();
  const third = await send(`taken-back@${cmp}.test`);
  assert.deepEqual([third.visits, third.visitor, third.claim, third.consent], [[], undefined, undefined, false]);
  await nothingKept();
  assert.deepEqual(
    await Promise.all(["before", "given", "taken-back"].map((who) => verdictOf(`${who}@${cmp}.test`))),
    ["unverified", "verified", "unverified"],
  );
}

/** @type {(...args: any[]) => Act} */
const choose = (...args) => (page) => page.evaluate((args) => /** @type {any} */ (window).choose(...args), args);
/** @type {(how: "default" | "update", said: object) => Act} */
const gtag = (how, said) => (page) => page.evaluate(([how, said]) => /** @type {any} */ (window).gtag("consent", how, said), /** @type {const} */ ([how, said]));
/** @type {(storage: string, more?: object) => object} */
const storage = (analytics_storage, more) => ({ ad_storage: "denied", ad_user_data: "denied", ad_personalization: "denied", analytics_storage, ...more });
/** The snippet of Google's guide, with what the page says at once. */
const snippet = (/** @type {["default" | "update", object][]} */ ...commands) =>
  `<script>window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }
  ${commands.map(([how, said]) => `gtag("consent", "${how}", ${JSON.stringify(said)});`).join("\n")}</script>`;
/** As Google's own scripts do it: the page's push gets another around it. */
const tagManager = `<script>{
  const { push } = dataLayer;
  window.taken = [...dataLayer];
  dataLayer.push = function (...entries) { const n = push.apply(dataLayer, entries); taken.push(...entries); return n; };
}</script>`;

test("TCF: a visitor is asked by a platform that comes after its stub, consents and takes it back", LIMIT, async (t) => {
  await consents(t, "tcf", { before: stub, after: platform, async: true }, {
    ask: choose([], { shown: true, interests: [7, 8, 9] }), accept: choose([1, 2, 7, 8, 9]), withdraw: choose([2]),
  });
});

test("Google Consent Mode: denied by default, granted, denied", LIMIT, async (t) => {
  await consents(t, "google", { before: snippet(["default", storage("denied", { wait_for_update: 500 })]), async: true }, {
    accept: gtag("update", storage("granted")), withdraw: gtag("update", storage("denied")),
  });
});

const signalled = () => {
  Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });
  Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true });
};

for (const [cmp, scripts, accept] of /** @type {[string, () => Scripts, Act][]} */ ([
  ["tcf", () => ({ before: stub + platform }), choose([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])],
  ["google", () => ({ before: snippet(["update", storage("granted")]) }), gtag("update", storage("granted"))],
])) {
  test(`${cmp}: with Global Privacy Control nothing is kept and no evidence leaves, whatever the platform says`, LIMIT, async (t) => {
    const { page, nothingKept, send } = await visitor(t, cmp, scripts(), signalled);
    await accept(page);
    const touch = await send(`gpc@${cmp}.test`);
    assert.deepEqual([touch.visits, touch.visitor, touch.consent], [[], undefined, false]);
    await nothingKept();
  });
}

test("TCF: what is no answer, or no consent to both purposes, keeps nothing; the publisher's own list counts where it says something", LIMIT, async (t) => {
  const { page, boots, nothingKept, kept, send } = await visitor(t, "tcf", { before: stub + platform });
  for (const [what, act] of /** @type {[string, Act][]} */ ([
    ["shown", choose([1, 8], { shown: true })], ["one-purpose", choose([1])], ["no-storing", choose([8])],
    ["interest", choose([1], { interests: [8] })], ["publisher", choose([1, 8], { publisher: [1, 7] })],
  ])) {
    await act(page);
    const { visits, consent } = await send(`${what}@no.test`);
    assert.deepEqual([visits, consent], [[], false], what);
    await nothingKept();
  }
  assert.equal(boots.length, 1, "a refusal ends no visit that is in memory alone");
  await choose([1, 8], { publisher: [1, 8] })(page);
  await kept();
});

test("TCF: a platform that asks nothing for the site itself, and says so with each answer", LIMIT, async (t) => {
  const said = { eventStatus: "tcloaded", gdprApplies: true, listenerId: 1, purpose: { consents: { 1: true, 8: true } }, publisher: { consents: { 1: false, 8: false } } };
  const { kept } = await visitor(t, "tcf", { before: `<script>window.__tcfapi = (command, version, heard) => heard(${JSON.stringify(said)}, true)</script>` });
  await kept();
});

test("TCF: where the GDPR does not apply, and with a platform that defines its API late and without a stub", LIMIT, async (t) => {
  const late = platform.replace("<script>", `<script type="text/plain" id="late">`);
  const { page, nothingKept, kept } = await visitor(t, "tcf", { after: late });
  await nothingKept();
  await page.evaluate(async () => {
    const script = document.createElement("script");
    script.src = URL.createObjectURL(new Blob([document.getElementById("late")?.textContent ?? ""], { type: "text/javascript" }));
    document.head.append(script);
    await new Promise((resolve) => (script.onload = resolve));
  });
  await choose(null)(page);
  await kept();
});

test("a consent of an earlier page that its platform does not confirm here is over after ten seconds", LIMIT, async (t) => {
  const { page, url, kept, nothingKept, record } = await visitor(t, "google", { before: snippet(["default", storage("denied")]) });
  await gtag("update", storage("granted"))(page);
  await kept();
  const { visitor: id } = await record();
  await page.clock.install();
  await page.goto(url);
  await scored(page);
  await gtag("update", storage("granted"))(page);
  await page.clock.runFor(11_000);
  assert.equal((await record()).visitor, id, "confirmed, it stands");
  await page.goto(url);
  await scored(page);
  assert.equal((await record()).visitor, id, "not confirmed yet");
  await page.clock.runFor(11_000);
  await nothingKept();
});

/** Keeps what is to happen after ten seconds, for the test to have it happen when it likes. */
const patient = () => {
  Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });
  const { setTimeout } = window;
  const held = /** @type {(() => void)[]} */ ((/** @type {any} */ (window).held = []));
  Object.assign(window, { setTimeout: (/** @type {any} */ call, /** @type {number} */ ms) => (ms === 10_000 ? held.push(call) : setTimeout(call, ms)) });
};
/** @param {Page} page */
const tenSecondsLater = async (page) => {
  await page.waitForFunction(() => /** @type {any} */ (window).held.length);
  await page.evaluate(() => /** @type {any} */ (window).held.splice(0).forEach((/** @type {() => void} */ call) => call()));
};

test("a consent that the page gave itself stands without a platform, here and on the next page, until somebody takes it back", LIMIT, async (t) => {
  const { page, url, kept, nothingKept, record } = await visitor(t, "tcf", {}, patient);
  await page.evaluate(() => /** @type {any} */ (window).assay("consent", true));
  await kept();
  const { visitor: id } = await record();
  for (let visits = 0; visits < 2; visits++) {
    await tenSecondsLater(page);
    assert.equal((await record()).visitor, id);
    await page.goto(url);
  }
  await page.evaluate(() => /** @type {any} */ (window).assay("consent", false));
  await nothingKept();
});

test("a consent that the page gave itself after its platform's needs the platform no more", LIMIT, async (t) => {
  const { page, url, kept, record } = await visitor(t, "google", { before: snippet(["default", storage("denied")]) }, patient);
  await gtag("update", storage("granted"))(page);
  await kept();
  assert.equal((await record()).platform, "asked");
  await page.evaluate(() => /** @type {any} */ (window).assay("consent", true));
  const { visitor: id, platform } = await record();
  assert.equal(platform, false);
  await page.goto(url);
  await tenSecondsLater(page);
  assert.equal((await record()).visitor, id);
});

test("Google Consent Mode: commands before the tag, and a Tag Manager before and after it, whose calls are as without the tag", LIMIT, async (t) => {
  const said = snippet(["default", storage("denied", { region: ["DE"] })], ["update", storage("granted")]);
  const { page, kept } = await visitor(t, "google", { before: said + tagManager, after: tagManager.replace("window.taken", "window.again") });
  await kept();
  const [answer, taken, entries] = await page.evaluate(() => {
    const { dataLayer, taken } = /** @type {any} */ (window);
    return [dataLayer.push({ event: "one" }, { event: "two" }), taken.slice(-4).map((/** @type {any} */ e) => e.event), dataLayer.length];
  });
  // The later wrapper tells the same list once more.
  assert.deepEqual([answer, taken, entries], [4, ["one", "two", "one", "two"], 4]);
});

test("Google Consent Mode: a list that the page puts in place of the first is heard when the page is loaded", LIMIT, async (t) => {
  const { kept } = await visitor(t, "google", { after: `<script>dataLayer = [["consent", "update", ${JSON.stringify(storage("granted"))}]]</script>` });
  await kept();
});

test("Google Consent Mode: a default that is granted everywhere counts, one that depends on the region does not", LIMIT, async (t) => {
  const { kept } = await visitor(t, "google", { after: snippet(["default", storage("granted", { wait_for_update: 200 })]) });
  await kept();
  const regions = snippet(["default", storage("granted")], ["default", storage("denied", { region: ["AT", "DE"] })]);
  const { page, nothingKept, send } = await visitor(t, "google", { before: regions });
  const { consent } = await send("region@default.test");
  assert.equal(consent, false);
  await page.evaluate(() => new Promise((resolve) => setTimeout(() => setTimeout(resolve))));
  await nothingKept();
});

test("the last word counts, whoever says it; what a platform only repeats is none", LIMIT, async (t) => {
  const { page, kept, nothingKept, send } = await visitor(t, "google", { before: snippet(["update", storage("granted")]) });
  await kept();
  await page.evaluate(() => /** @type {any} */ (window).assay("consent", false));
  await nothingKept();
  await gtag("update", storage("granted", { ad_storage: "granted" }))(page);
  assert.equal((await send("repeats@word.test")).consent, false);
  await nothingKept();
  await gtag("update", storage("denied"))(page);
  await page.evaluate(() => /** @type {any} */ (window).assay("consent", true));
  await page.waitForFunction(() => localStorage.length);
});

test("a platform that nobody knows: one warning that names those there are, and the form works", LIMIT, async (t) => {
  await (asking ||= askingSite(w.server));
  const { url } = await site(t, { "/": { html: askingPage(w.server.url, "tcf").replace(`cmp="tcf"`, `cmp="constructor"`) } });
  const page = await person(t, w, { script: noProgram, tolerate: [/favicon/] });
  /** @type {string[]} */
  const warnings = [];
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  const { send, nothingKept } = watchVisitor(page);
  const warned = page.waitForEvent("console", (message) => message.type() === "warning");
  await page.goto(url);
  await warned;
  await scored(page);
  await send("unknown@platform.test");
  await nothingKept();
  assert.deepEqual(warnings, ["assay: no such platform: constructor - known are google, tcf"]);
});
