// Where pages and networks are against us: storage that refuses, a script that does not come, polluted prototypes, slow
// lines and slow answers. The page's form works as without us, and what can arrive arrives.
import assert from "node:assert/strict";
import { test } from "node:test";
import { leadBy, onlyAlert } from "./feed.mjs";
import { LIMIT, person, rep, world } from "./harness.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { answerAll, brief, collectTouches, onlyTouch, scored, takeTime } from "./visitor.mjs";
import { readLong, submitAnswered } from "./visits.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("node:test").TestContext} TestContext */
/** @typedef {import("./visitor.mjs").Touch} Touch */

const w = world();
const quiet = { tolerate: [/favicon/] };

/**
 * Presses the button, and sees that the page's own submit brings what was filled in.
 * @param {Page} page
 * @param {import("./pages.mjs").Site} own
 * @param {string} email
 */
async function sendOwn(page, own, email) {
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL("**/thanks");
  assert.deepEqual(
    own.posts.map(({ body }) => Object.fromEntries(new URLSearchParams(body))),
    [{ name: "Ben Hollis", company: "Hollis", email }],
    "the page's own submit, once and unchanged",
  );
}

test("a storage that throws when it is looked at: scored, sent, verified", LIMIT, async (t) => {
  const email = "blocked@storage.test";
  const own = await site(t, { "/": { html: shortForm(tag(w.server.url)) } });
  const page = await person(t, w, {
    ...quiet,
    script: () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("denied", "SecurityError"); } }),
  });
  const touches = collectTouches(page);
  await page.goto(own.url);
  await scored(page);
  await answerAll(page, brief(email));
  await readLong(page);
  await sendOwn(page, own, email);
  assert.equal(onlyTouch(touches).visits.length, 1);
  assert.equal((await leadBy(await rep(t, w), email)).verdict, "verified");
});

test("the script blocked by the network: the form works", LIMIT, async (t) => {
  const own = await site(t, { "/": { html: shortForm(tag(w.server.url)) } });
  const page = await person(t, w, { tolerate: [/favicon/, /ERR_BLOCKED_BY_CLIENT/] });
  const touches = collectTouches(page);
  await page.route("**/assay.js", (route) => route.abort("blockedbyclient"));
  await page.goto(own.url);
  await answerAll(page, brief("none@script.test"));
  await sendOwn(page, own, "none@script.test");
  assert.deepEqual(touches, []);
});

/** @type {[what: string, code: string][]} */
const pollution = [
  ["members that every object and list then has, for all to see", `
    Object.prototype.extend = function () {};
    Array.prototype.each = function (fn) { this.forEach(fn); };
    Array.prototype.last = function () { return this[this.length - 1]; };
    String.prototype.strip = function () { return this.trim(); };
    Element.prototype.form = 7; Element.prototype.hide = function () {};`],
  ["setters that swallow names of ours", `
    for (const name of ["source", "visits", "waiting", "profile", "evidence", "told", "ready", "consent", "signal"]) {
      Object.defineProperty(Object.prototype, name, { get: () => undefined, set: () => {}, configurable: true });
    }`],
  ["lists that write themselves as texts, as old libraries have it", `
    Array.prototype.toJSON = function () { return "[" + this.map((one) => JSON.stringify(one)).join(", ") + "]"; };`],
  ["replaced functions of lists and objects", `
    Array.from = () => { throw new Error("no"); };
    Object.assign = Object.entries = () => { throw new Error("no"); };
    Array.prototype.includes = function (value) { for (const one of this) if (one == value) return true; return false; };`],
  ["a wrapped JSON, with spaces", `
    const { stringify } = JSON; JSON.stringify = (value, replacer) => stringify(value, replacer, 2);`],
  ["wrapped timers, listeners and promises", `
    const { setTimeout: later } = window; window.setTimeout = (fn, ms, ...rest) => later(() => fn(...rest), ms);
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, fn, ...rest) { return add.call(this || window, type, typeof fn == "function" ? function (event) { return fn.call(this, event); } : fn, ...rest); };
    const Native = Promise;
    window.Promise = class Wrapped extends Native {};`],
  ["a wrapped fetch that forgets what it is given", `
    const { fetch: real } = window; window.fetch = function (address, options) { return real.call(window, new Request(address, options)); };`],
];
for (const [i, [what, code]] of pollution.entries()) {
  test(`a page with ${what}: its form works, and a touch arrives`, LIMIT, async (t) => {
    const email = `polluted-${i}@page.test`;
    const own = await site(t, { "/": { html: shortForm(`<script>${code}</script>${tag(w.server.url)}`) } });
    const page = await person(t, w, quiet);
    const touches = collectTouches(page);
    await page.goto(own.url);
    await scored(page);
    await answerAll(page, brief(email));
    await readLong(page);
    await sendOwn(page, own, email);
    assert.equal(onlyTouch(touches).profile.email, email);
    assert.equal((await leadBy(await rep(t, w), email)).verdict, "verified");
  });
}

test("a script that is still on its way: the form works without it", LIMIT, async (t) => {
  const own = await site(t, { "/": { html: shortForm(tag(w.server.url)) } });
  const page = await person(t, w, quiet);
  const touches = collectTouches(page);
  await page.route("**/assay.js", () => {}); // never answered
  await page.goto(own.url, { waitUntil: "commit" });
  await answerAll(page, brief("before@slow.test"));
  await sendOwn(page, own, "before@slow.test");
  assert.deepEqual(touches, []);
});

test("a script that comes once the form is filled in: what was said goes along, and nobody is suspected for it", LIMIT, async (t) => {
  const email = "filled@slow.test";
  const own = await site(t, { "/": { html: shortForm(tag(w.server.url)) } });
  const page = await person(t, w, quiet);
  const touches = collectTouches(page);
  /** @type {() => void} */
  let come = () => {};
  const filled = new Promise((resolve) => (come = () => resolve(undefined)));
  await page.route("**/assay.js", async (route) => {
    await filled;
    await route.continue();
  });
  await page.goto(own.url, { waitUntil: "commit" });
  await answerAll(page, brief(email));
  come();
  await scored(page);
  await sendOwn(page, own, email);
  assert.deepEqual(onlyTouch(touches).profile, { name: "Ben Hollis", company: "Hollis", email });
  assert.equal((await leadBy(await rep(t, w), email)).verdict, "verified");
});

test("a server that never answers a submit: the page's own goes on at once, and the touch arrives from a later page, once", LIMIT, async (t) => {
  const email = "never@answered.test";
  const own = await site(t, { "/": { html: shortForm(tag(w.server.url)) }, "/later": { html: `<!doctype html><title>Later</title>${tag(w.server.url)}` } });
  const page = await person(t, w, { tolerate: [/favicon/, /net::ERR/] });
  const touches = collectTouches(page);
  await page.route("**/v1/touches", () => {}); // never answered
  await page.goto(own.url);
  await scored(page);
  await answerAll(page, brief(email));
  await takeTime(page);
  await sendOwn(page, own, email);
  await page.unroute("**/v1/touches");
  const arrived = submitAnswered(page);
  await page.goto(`${own.url}/later`);
  assert.equal((await arrived).status(), 202);
  onlyTouch(touches);
  const { verdict, touches: kept } = await leadBy(await rep(t, w), email);
  assert.deepEqual([verdict, kept.length], ["verified", 1]);
});

test("a slow line: the form works, and a touch arrives from the page that is left", LIMIT, async (t) => {
  const email = "after@slow.test";
  const own = await site(t, { "/": { html: shortForm(tag(w.server.url)) } });
  const page = await person(t, w, quiet);
  const touches = collectTouches(page);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  // A phone with a bad connection.
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
  await page.goto(own.url);
  await answerAll(page, brief(email));
  await takeTime(page); // else whether the server has answered by now would decide whether this is too fast
  await sendOwn(page, own, email);
  const feed = await rep(t, w);
  await onlyAlert(feed, email);
  assert.equal(onlyTouch(touches).profile.email, email);
});

test("a server that takes long to answer: a submit in the meantime goes out at once, unverified, and the next one is verified", LIMIT, async (t) => {
  const html = shortForm(tag(w.server.url)).replace("<form", `<form data-assay-submit="ajax"`);
  const own = await site(t, { "/": { html } });
  const page = await person(t, w, quiet);
  const touches = collectTouches(page);
  /** @type {() => void} */
  let answer = () => {};
  const late = new Promise((resolve) => (answer = () => resolve(undefined)));
  let asked = 0;
  await page.route("**/boot*", async (route) => {
    asked++;
    await late;
    await route.continue();
  });
  await page.goto(own.url);
  await answerAll(page, brief("hasty@slow.test"));
  const taken = submitAnswered(page);
  await page.getByRole("button", { name: "Send" }).click();
  assert.equal((await taken).status(), 202);
  assert.deepEqual(touches.map(({ visits }) => visits), [[]], "it does not wait for a session");
  answer();
  await scored(page);
  await page.getByLabel("Business mail").fill("patient@slow.test");
  await takeTime(page);
  const second = submitAnswered(page);
  await page.getByRole("button", { name: "Send" }).click();
  await second;
  assert.equal(asked, 1, "asked once, however long it takes");
  const feed = await rep(t, w);
  const verdicts = [];
  for (const email of ["hasty@slow.test", "patient@slow.test"]) verdicts.push((await leadBy(feed, email)).touches.map((/** @type {any} */ { verdict }) => verdict));
  assert.deepEqual(verdicts, [["unverified"], ["verified"]]);
});
