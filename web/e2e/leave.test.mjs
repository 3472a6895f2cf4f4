// Forms that were begun and left: how far somebody came is told once, when the page goes, with the visitor's consent, and nothing
// that was entered. What the site's people can read of it is what the store has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, startBrowser, world } from "./harness.mjs";
import { begin, enter, leavePage, leavingSite, start } from "./leaving.mjs";
import { until } from "./program.mjs";
import { answer, collectTouches, scored } from "./visitor.mjs";
import { readLong, SIGNAL, soFar } from "./visits.mjs";

const w = world();
const { ask, kept, set, visitor } = leavingSite(w);
/** Bounds a test of several visitors, each of whom takes the two seconds that a person needs at least. */
const LONG = { timeout: 180_000 };
const SECRET = "hunter2hunter2";

/** @type {(attributes?: string, fields?: string) => string} */
const page = (attributes, fields) => leavePage(w, attributes, fields);

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

test("of who only looks or submits nothing is told", LONG, async (t) => {
  const looked = await visitor(t, page());
  await enter(looked.at, "Name");
  await looked.pass(12_000);
  await looked.go(0);

  const sent = await visitor(t, page());
  await start(sent.at);
  await answer(sent.at, ["Business mail", "sent@leave.test"]);
  await readLong(sent.at);
  await sent.at.getByRole("button").click();
  await sent.at.waitForURL("**/thanks");
  await sent.go(0);
  for (const [{ url, told }, n] of /** @type {const} */ ([[looked, 0], [sent, 0]])) {
    assert.deepEqual([(await told()).length, (await kept(url)).length], [n, n]);
  }
});

test("a page that comes back from the back-forward cache and is left again tells of each form once, and of what is sent then not at all", LONG, async (t) => {
  const browser = await startBrowser({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  t.after(() => browser.close());
  const other = `<button>Ask</button></form><form data-assay-form="news" data-assay-kind="subscription"><label>News mail <input type="email" name="news"></label>`;
  const { url, at, told, go } = await visitor(t, page("", other), { browser });
  await at.evaluate(() => addEventListener("pageshow", ({ persisted }) => (document.title = `kept: ${persisted}`)));
  /** Goes back to the very page that was left, with all that it knows. */
  const back = async () => {
    await at.goBack({ waitUntil: "commit" });
    await at.waitForFunction(() => document.title === "kept: true");
    await at.evaluate(() => (document.title = "here again"));
  };
  const forms = async () => (await told()).map(({ form, left }) => [form, left.answered]);
  await start(at);
  await go();
  assert.deepEqual(await forms(), [["ask", 1]]);
  await back();
  await answer(at, ["Shoe size", "42"]);
  await answer(at, ["News mail", "ada@leave.test"]);
  await go(2);
  assert.deepEqual(await forms(), [["ask", 1], ["news", 1]], "the first form is told of no more, the second is");
  await back();
  await answer(at, ["Business mail", "cache@leave.test"]);
  await at.getByRole("button", { name: "Ask" }).click();
  await at.waitForURL("**/thanks");
  await until(async () => (await ask("/v1/leads?q=cache@leave.test")).items.length > 0);
  assert.deepEqual([(await told()).length, (await kept(url)).length], [2, 2]);
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
      await start(at);
      for (const one of said) await at.evaluate((one) => /** @type {any} */ (window).assay(...one), one);
      await go(n);
      assert.deepEqual([(await told()).length, (await kept(url)).length], [n, n], what);
    }
  } finally {
    await set({ consent: "not-required" });
  }
  const script = () => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true });
  const { url, at, told: leaves, go } = await visitor(t, page(), { script });
  await start(at);
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
  await start(at);
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
