// Forms that were begun and left: how far somebody came is told once, when the page goes, with the visitor's consent, and nothing
// that was entered. What the site's people can read of it is what the store has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, person, world } from "./harness.mjs";
import { site } from "./pages.mjs";
import { answer, collectTouches, scored } from "./visitor.mjs";
import { readLong, SIGNAL, soFar } from "./visits.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./visitor.mjs").Touch & {left: Record<string, number | string>, form_kind: string}} Leave */
const w = world();
/** Bounds a test of several visitors, each of whom takes the two seconds that a person needs at least. */
const LONG = { timeout: 180_000 };

/** @type {Promise<Record<string, string>> | undefined} */
let entry;
/** A way in for a program of the site's, which has switched this on. */
const headers = () =>
  (entry ??= (async () => {
    const secret = await w.server.tool("token", "add", "-site", "demo", "-name", "test", "-role", "admin");
    const headers = { Authorization: `Bearer ${secret}`, "Content-Type": "application/json" };
    await set({ leave: true, live: false, answers: ["how_heard"] }, headers);
    return headers;
  })());

/**
 * Changes some of the site's settings.
 * @param {object} changes
 * @param {Record<string, string>} [by]
 */
async function set(changes, by) {
  const ways = { headers: by ?? (await headers()) };
  const address = `${w.server.url}/v1/sites/demo`;
  const now = await (await fetch(address, ways)).json();
  const done = await fetch(address, { ...ways, method: "PUT", body: JSON.stringify({ ...now, ...changes }) });
  assert.equal(done.status, 200, await done.text());
}

/** Asks the server as that program does. @type {(path: string) => Promise<any>} */
const ask = async (path) => (await fetch(w.server.url + path, { headers: await headers() })).json();

/**
 * What the store has of pages under an address.
 * @param {string} url
 * @returns {Promise<any[]>}
 */
const kept = async (url) => {
  const { items } = await ask("/v1/leaves?limit=200");
  return items.filter((/** @type {{page: string}} */ { page }) => page.startsWith(url));
};

const SECRET = "hunter2hunter2";

/** @type {(attributes?: string, fields?: string) => string} */
const page = (attributes = "", fields = "") => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ask</title>
<script src="${w.server.url}/assay.js" data-site="demo" async></script></head>
<body><h1>Ask us</h1>
<form method="post" action="/thanks" data-assay-form="ask" data-assay-kind="demo" ${attributes}>
<label>Name <input name="name" required></label>
<label>Business mail <input name="email" type="email" required></label>
<label>Password <input name="wish" type="password"></label>
<label>Shoe size <input name="Ada's own shoe size"></label>
<label>Heard <input name="how_heard"></label>
${fields}
<button>Send</button></form>
<label>Elsewhere <input></label>
<p><a href="/next">Next</a></p></body></html>`;
const next = { html: "<!doctype html><title>Next</title><h1>Next</h1>" };

/**
 * Runs first in a page. A browser says nothing of what a page sends while it goes: this notes it. And it has time pass for a
 * form by a word, while the clock of the log goes on as it does, which the server compares with its own.
 */
function prepare() {
  const [send, now] = [window.fetch, performance.now.bind(performance)];
  window.fetch = (address, how) => {
    const body = typeof how?.body === "string" ? how.body : "{}";
    if (JSON.parse(body).type === "leave") sessionStorage.setItem("leaves", `${sessionStorage.getItem("leaves") ?? ""}${body}\n`);
    return send(address, how);
  };
  performance.now = () => now() + +(/** @type {any} */ (window).passed ?? 0);
}

/**
 * Somebody at a page, who goes on to the next.
 * @param {import("node:test").TestContext} t
 * @param {string} html
 * @param {() => void} [script]
 */
async function visitor(t, html, script) {
  await headers();
  const { url } = await site(t, { "/": { html }, "/?q=1": { html }, "/next": next, "/thanks": next });
  const at = await person(t, w, { tolerate: [/favicon/], script });
  await at.addInitScript(prepare);
  await at.goto(url + "/?q=1#top");
  await scored(at);
  return {
    url, at,
    /** What the page has told so far. @type {() => Promise<Leave[]>} */
    told: () => at.evaluate(() => (sessionStorage.getItem("leaves") ?? "").split("\n").filter(Boolean).map((text) => JSON.parse(text))),
    /** Has time pass with a field. @param {number} ms */
    pass: (ms) => at.evaluate((ms) => void (/** @type {any} */ (window).passed = (/** @type {any} */ (window).passed ?? 0) + ms), ms),
    /** Goes on to the next page when a person could, and waits until the store has what was to be told. */
    async go(stored = 1) {
      await readLong(at);
      await at.goto(url + "/next");
      await until(async () => (await kept(url)).length >= stored);
    },
  };
}

/** Waits for a condition. @type {(ready: () => Promise<boolean>) => Promise<void>} */
async function until(ready) {
  for (const end = Date.now() + 20_000; !(await ready()); await new Promise((next) => setTimeout(next, 50))) {
    assert.ok(Date.now() < end, "it never came to be so");
  }
}

/** Does what the module is asked for with, and waits until it is there. @param {Page} at @param {() => Promise<void>} first */
async function begin(at, first) {
  const asked = at.waitForResponse(async (response) => /\/engine\/\w+\.js$/.test(response.url()) && (await response.text()).includes('"leave"'));
  await first();
  const address = (await asked).url();
  await at.evaluate(async (address) => void (await import(address)), address);
}

/** Puts the focus into a field, the first that has it. @type {(at: Page, label: string) => Promise<void>} */
const enter = (at, label) => begin(at, () => at.getByLabel(label).focus());

test("somebody who begins, hesitates, corrects, is refused and goes is told of once, without a word of what was typed", LIMIT, async (t) => {
  const { url, at, told, pass, go } = await visitor(t, page());
  await enter(at, "Name");
  await pass(4000);
  await answer(at, ["Name", "Ada Marlow"]);
  await at.getByLabel("Business mail").focus();
  await pass(6000);
  await at.getByLabel("Elsewhere").focus();
  await pass(60_000); // elsewhere nobody hesitates at a form
  await at.getByLabel("Business mail").focus();
  await pass(6000);
  await answer(at, ["Business mail", "ada@"]);
  await at.getByRole("button").click();
  await at.getByLabel("Business mail").fill("ada@leave.test");
  await at.getByLabel("Password").fill(SECRET);
  await at.getByRole("button").focus();
  assert.deepEqual(await told(), [], "nothing is told before the page goes");
  await go();

  const leaves = await told();
  const [leave] = leaves;
  assert.equal(leaves.length, 1);
  const { id, visitor: who, visits, left, profile, answers, form, form_kind, page: where, consent } = leave;
  assert.deepEqual({ ...left, seconds: 0 }, { field: "email", answered: 2, corrected: 1, invalid: 1, hesitated: 1, seconds: 0 });
  assert.ok(+left.seconds >= 16 && +left.seconds < 60, `${left.seconds} seconds with the focus in the form`);
  assert.deepEqual([form, form_kind, where, consent, visits.length], ["ask", "demo", url + "/", true, 1]);
  assert.deepEqual([profile, answers], [{}, {}]);
  assert.ok(id && who && visits[0].evidence);
  const text = JSON.stringify(leave);
  for (const typed of ["Marlow", "ada@", "leave.test", SECRET]) assert.ok(!text.includes(typed), `${typed} left the page`);
  const [stored] = await kept(url);
  assert.deepEqual([stored.id, stored.form, stored.form_kind, stored.page, stored.left], [id, "ask", "demo", url + "/", left]);
  assert.equal((await kept(url)).length, 1);
  const { items } = await ask("/v1/leads?stage=anonymous");
  assert.deepEqual(items, [], "nobody became a contact by it");
});

test("the furthest field goes by our name for it, by the site's own, or by its place", LONG, async (t) => {
  for (const [label, field] of [["Heard", "how_heard"], ["Shoe size", "#3"], ["Name", "name"]]) {
    const { at, told, go } = await visitor(t, page());
    await enter(at, "Name");
    await at.getByLabel(label).fill("42");
    await at.getByLabel("Name").fill("Ada");
    await go();
    assert.deepEqual((await told()).map(({ left }) => left.field), [field]);
  }
});

test("a field that has the focus from the beginning counts, and one in a shadow tree does", LIMIT, async (t) => {
  const focused = await visitor(t, page().replace(`name="name"`, `name="name" autofocus`));
  const name = focused.at.getByLabel("Name");
  await begin(focused.at, () => name.pressSequentially("Ada"));
  await name.pressSequentially(" Marlow");
  await focused.go();
  const [{ left: first }] = await focused.told();
  assert.deepEqual([first.field, first.answered, first.hesitated], ["name", 0, 0]);

  const shadow = `<div id="host"></div><script>
    host.attachShadow({ mode: "open" }).innerHTML = '<form data-assay-form="deep" data-assay-kind="demo"><label>Deep <input name="company"></label><label>Deeper <input name="depth"></label></form>';
  </script>`;
  const inside = await visitor(t, page().replace("</body>", shadow + "</body>"));
  await enter(inside.at, "Name");
  await inside.at.getByLabel("Deep", { exact: true }).focus();
  await inside.pass(11_000);
  await answer(inside.at, ["Deep", "Northbeck"]);
  await answer(inside.at, ["Deep", "Northbeck and Sons"]);
  await inside.go();
  const [{ form, left }] = await inside.told();
  assert.deepEqual([form, left.field, left.answered, left.corrected, left.hesitated], ["deep", "#2", 1, 1, 1]);
});

test("two forms are two, choices are one field, and what is ignored or secret is no field at all", LIMIT, async (t) => {
  const choices = `<label>Small <input type="radio" name="size" value="s"></label><label>Large <input type="radio" name="size" value="l"></label>
    <label>Card <input name="card_number"></label><label>Hushed <input name="hushed" data-assay-ignore></label>`;
  const other = `</form><form data-assay-form="news" data-assay-kind="subscription"><label>News mail <input type="email" name="email"></label>`;
  const { at, told, go } = await visitor(t, page("", choices + other));
  await enter(at, "Name");
  await at.getByLabel("Small").check();
  await at.getByLabel("Large").check();
  await at.getByLabel("Card").fill("4111111111111111");
  await at.getByLabel("Hushed").fill("hush");
  await answer(at, ["News mail", "ada@leave.test"]);
  await go(2);
  const forms = Object.fromEntries((await told()).map(({ form, left }) => [form, [left.field, left.answered, left.corrected]]));
  assert.deepEqual(forms, { ask: ["#5", 1, 1], news: ["email", 1, 0] });
});

test("of who only looks, submits, or was told of already, nothing is told", LONG, async (t) => {
  const looked = await visitor(t, page());
  await enter(looked.at, "Name");
  await looked.pass(12_000);
  await looked.go(0);

  const sent = await visitor(t, page());
  await enter(sent.at, "Name");
  await answer(sent.at, ["Name", "Ada"]);
  await answer(sent.at, ["Business mail", "sent@leave.test"]);
  await readLong(sent.at);
  await sent.at.getByRole("button").click();
  await sent.at.waitForURL("**/thanks");
  await sent.go(0);

  // The browser keeps a page for the way back only while nothing stands against that; a page that is told so twice is the same.
  const twice = await visitor(t, page());
  await enter(twice.at, "Name");
  await answer(twice.at, ["Name", "Ada"]);
  await readLong(twice.at);
  await twice.at.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await until(async () => (await kept(twice.url)).length == 1);
  await answer(twice.at, ["Shoe size", "42"]);
  await twice.go(1);
  for (const [{ url, told }, n] of /** @type {const} */ ([[looked, 0], [sent, 0], [twice, 1]])) {
    assert.deepEqual([(await told()).length, (await kept(url)).length], [n, n]);
  }
});

test("nothing without consent, after it was taken back or an objection, or with Global Privacy Control", LONG, async (t) => {
  await set({ consent: "required" });
  try {
    /** @type {[what: string, said: [string, boolean?][], n: number][]} */
    const words = [
      ["nobody was asked", [], 0],
      ["yes", [["consent", true]], 1],
      ["yes, then no", [["consent", true], ["consent", false]], 0],
      ["yes, then an objection", [["consent", true], ["object"]], 0],
      ["forgotten, and yes afterwards", [["consent", true], ["forget"], ["consent", true]], 0],
    ];
    for (const [what, said, n] of words) {
      const { url, at, told, go } = await visitor(t, page());
      await enter(at, "Name");
      await answer(at, ["Name", "Ada"]);
      for (const one of said) await at.evaluate((one) => /** @type {any} */ (window).assay(...one), one);
      await go(n);
      assert.deepEqual([(await told()).length, (await kept(url)).length], [n, n], what);
    }
  } finally {
    await set({ consent: "not-required" });
  }
  const script = () => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true });
  const { url, at, told: leaves, go } = await visitor(t, page(), script);
  await enter(at, "Name");
  await answer(at, ["Name", "Ada"]);
  await go(0);
  assert.deepEqual([(await leaves()).length, (await kept(url)).length], [0, 0], "Global Privacy Control");
});

test("where the site has it off, the page asks for no module and tells nothing; the visit knows of it all the same", LIMIT, async (t) => {
  await set({ leave: false });
  try {
    const { at, told, go } = await visitor(t, page());
    const modules = /** @type {string[]} */ ([]);
    at.on("request", (request) => void (/\/engine\/\w+\.js$/.test(request.url()) && modules.push(request.url())));
    await answer(at, ["Name", "Ada"]);
    await go(0);
    assert.deepEqual([await told(), modules], [[], []]);
  } finally {
    await set({ leave: true });
  }
});

test("a page that is left and come back to is submitted as if nothing had been told", LIMIT, async (t) => {
  const { at, told, go, url } = await visitor(t, page());
  const touches = collectTouches(at);
  await enter(at, "Name");
  await answer(at, ["Name", "Ada"]);
  await go();
  await at.goto(url + "/");
  await scored(at);
  assert.ok((await soFar(at)).includes(SIGNAL.abandoned), "it is one visit");
  await answer(at, ["Name", "Ada"]);
  await answer(at, ["Business mail", "back@leave.test"]);
  await readLong(at);
  await at.getByRole("button").click();
  await at.waitForURL("**/thanks");
  const found = async () => (await ask("/v1/leads?q=back@leave.test")).items;
  await until(async () => (await found()).length > 0);
  const items = await found();
  assert.deepEqual([items.length, items[0].verdict, touches[0].visits.length, (await told()).length], [1, "verified", 1, 1]);
});
