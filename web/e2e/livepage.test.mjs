// What a page may build on while a form is filled in: its band for CSS, parts that are shown for a band, events, and calls that it
// made before the script was there.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { LIMIT, person, world } from "./harness.mjs";
import { fillIn, hot, longForm, shifts, watchShifts } from "./offering.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { answerAll, brief, scored } from "./visitor.mjs";
import { soFar } from "./visits.mjs";

/** @typedef {import("playwright-core").Page} Page */

const w = world();
const quiet = { tolerate: [/favicon/] };

/** Waits until the parts with these ids are seen, and no other of them. @type {(page: Page, ...ids: string[]) => Promise<unknown>} */
const seen = async (page, ...ids) => {
  await page.waitForFunction((ids) => {
    const parts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-assay-show]")]);
    return `${parts.filter(({ hidden }) => !hidden).map(({ id }) => id)}` === `${ids}`;
  }, ids);
  const all = await page.locator("[data-assay-show]:visible").evaluateAll((parts) => parts.map(({ id }) => id));
  assert.deepEqual(all, ids);
};

test("parts are shown for the bands that they name, in their form or pointed to it, when a field is left; styles follow the band at once", LIMIT, async (t) => {
  const style = `<style>form { color: rgb(0, 0, 1) } form[data-assay-band=warm] { color: rgb(0, 0, 2) } form[data-assay-band=hot] { color: rgb(0, 0, 3) }</style>`;
  const inside = `<p id="in-hot" data-assay-show="hot" hidden>Hot</p><p id="in-warm" data-assay-show="warm hot" data-assay-announce hidden>Warm</p></form>`;
  const outside = `<p id="by-name" data-assay-show="warm" data-assay-for="quick-demo" hidden>By name</p><p id="by-id" data-assay-show="cold" data-assay-for="the-form" hidden>By id</p>
    <p id="other" data-assay-show="cold warm hot" data-assay-for="another" hidden>Another form's</p><p id="loose" data-assay-show="cold warm hot" hidden>Nobody's</p>`;
  const html = longForm(tag(w.server.url) + style).replace("<form", `<form id="the-form"`).replace("</form>", inside + outside);
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, quiet);
  const colour = () => page.locator("form").evaluate((form) => getComputedStyle(form).color);
  const focused = () => page.evaluate(() => /** @type {any} */ (document.activeElement).name);
  await page.goto(url);
  await fillIn(page, "parts@live.test");
  await seen(page, "by-id");
  assert.equal(await page.getByRole("status").count(), 0, "hidden, it is no status yet");
  assert.equal(await page.locator("#in-warm").getAttribute("role"), "status");

  await page.locator("[name=message]").pressSequentially("We");
  await page.evaluate(() => /** @type {any} */ (window).assay("signal", "plan_viewed"));
  await soFar(page);
  await scored(page, "cold"); // while somebody types, nothing changes
  await page.keyboard.press("Tab");
  await scored(page, "warm");
  await seen(page, "in-warm", "by-name");
  assert.equal(await colour(), "rgb(0, 0, 2)");
  assert.equal(await page.getByRole("status").innerText(), "Warm");

  await page.locator("[name=need]").focus();
  await watchShifts(page);
  await hot(page);
  assert.equal(await colour(), "rgb(0, 0, 3)");
  await seen(page, "in-warm", "by-name"); // the band alone moves nothing under a hand
  assert.equal(await focused(), "need");
  assert.deepEqual(await shifts(page), []);
  await page.keyboard.press("Tab");
  await seen(page, "in-hot", "in-warm");
  assert.equal(await focused(), "message", "the focus goes where it would");

  await page.evaluate(() => /** @type {any} */ (window).assay("object"));
  await seen(page);
  assert.equal(await page.locator("form[data-assay-band]").count(), 0);
});

test("events tell the page what happened, out of a shadow tree too; rows sum to the score; calls that were queued are done", LIMIT, async (t) => {
  const queue = `<script>
    window.heard = [];
    for (const name of ["ready", "score", "submitted", "error"]) {
      document.addEventListener("assay:" + name, (event) => heard.push([name, event.composedPath()[0].dataset.assayForm, event.detail, event.cancelable]));
    }
    window.assay = function () { (assay.q = assay.q || []).push(arguments); };
    assay("ready", () => heard.push(["called"]));
    assay("identify", { role: "CEO", industry: "retail" });
    assay("signal", "paywall_hit");
    assay("nonsense", 1);
  </script>`;
  const html = shortForm(queue + tag(w.server.url)).replace("<form", `<div><template shadowrootmode="open"><form data-assay-submit="ajax"`).replace("</form>", "</form></template></div>")
    .replace("</body>", `<form data-assay-form="plain" data-assay-kind="other"><input name="q" aria-label="Q"></form></body>`);
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, { tolerate: [/favicon/, /net::ERR_FAILED/] });
  /** What the page heard so far of one kind. @type {(name: string) => Promise<any[]>} */
  const heard = (name) => page.evaluate((name) => /** @type {any} */ (window).heard.filter((/** @type {string[]} */ [kind]) => kind === name), name);
  /** @type {(name: string, many: number) => Promise<unknown>} */
  const hears = (name, many) =>
    page.waitForFunction(([name, many]) => /** @type {any} */ (window).heard.filter((/** @type {any[]} */ [kind]) => kind === name).length >= +many, /** @type {const} */ ([name, many]));
  await page.goto(url);
  await hears("called", 1);
  await page.getByLabel("Name").focus(); // only then is the tree met
  await hears("ready", 2);
  await hears("score", 2);
  assert.deepEqual((await heard("ready")).map(([, form]) => form).sort(), ["plain", "quick-demo"]);
  await answerAll(page, brief("events@live.test"));
  await page.waitForFunction(() => /** @type {any} */ (window).heard.some((/** @type {any[]} */ [, form, detail]) => form === "quick-demo" && detail?.fit));
  for (const [, , detail, cancelable] of await heard("score")) {
    const { band, grade, engagement, fit, reasons, ...more } = detail;
    assert.deepEqual([Object.keys(more), cancelable], [[], false]);
    assert.match(`${band} ${grade}`, /^(cold|warm|hot) [?A-D][1-4]$/);
    const sums = [0, 0];
    for (const { fit, points } of reasons) sums[fit] += points;
    assert.deepEqual(sums, [engagement, fit], JSON.stringify(detail));
  }
  const [last] = (await heard("score")).filter(([, form]) => form === "quick-demo").slice(-1);
  const labels = last[2].reasons.map((/** @type {any} */ { label }) => label);
  for (const label of ["Decision maker", "Hit a paywall"]) assert.ok(labels.includes(label), `${label} among ${labels}`);

  await page.route("**/v1/touches", (route) => route.abort());
  await page.getByRole("button", { name: "Send" }).click();
  await hears("error", 1);
  assert.deepEqual((await heard("error")).map(([, form, { during }]) => [form, during]), [["quick-demo", "submit"]]);
  await page.unroute("**/v1/touches");
  await page.getByRole("button", { name: "Send" }).click();
  await hears("submitted", 1);
  const [[, form, detail]] = await heard("submitted");
  assert.deepEqual([form, Object.keys(detail), (await heard("called")).length], ["quick-demo", ["id"], 1]);
});

test("a form that comes once the page is there is told that it is ready, too, and so is who asks late", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: shortForm(tag(w.server.url)).replace("<form", `<form id="first"`) } });
  const page = await person(t, w, quiet);
  await page.goto(url);
  await scored(page);
  const told = page.evaluate(() => Promise.all([
    new Promise((resolve) => document.addEventListener("assay:ready", ({ target }) => resolve(/** @type {Element} */ (target).id), { once: true })),
    new Promise((resolve) => /** @type {any} */ (window).assay("ready", () => resolve("called"))),
    (() => {
      const again = /** @type {Element} */ (document.forms[0].cloneNode(true));
      again.id = "second";
      again.removeAttribute("data-assay-band");
      document.forms[0].replaceWith(again);
    })(),
  ]));
  assert.deepEqual((await told).slice(0, 2), ["second", "called"]);
  await page.locator("#second[data-assay-band]").waitFor();
});

test("the document for pages: its queue, its commands and its signals are those that there are", LIMIT, async (t) => {
  const text = await readFile(new URL("../../docs/page.md", import.meta.url), "utf8");
  const queue = /^<script>window\.assay.*$/m.exec(text)?.[0] ?? "";
  const { url } = await site(t, { "/": { html: shortForm(queue + tag(w.server.url)) } });
  const page = await person(t, w, { tolerate: [/favicon/, /assay:.*is not a function/] });
  /** @type {string[]} */
  const warned = [];
  page.on("console", (message) => void (message.type() === "warning" && warned.push(message.text())));
  const booted = page.waitForResponse("**/boot*");
  await page.goto(url);
  const { settings } = await (await booted).json();
  const signals = /^Signals that a page may give: ([^]*?)\.\n/m.exec(text)?.[1].match(/\w+/g);
  assert.deepEqual(signals, settings.signals.filter(Boolean));

  await scored(page);
  const commands = [...new Set([...text.matchAll(/^\| `assay\("(\w+)"/gm)].map(([, name]) => name))];
  assert.deepEqual(commands, ["signal", "identify", "consent", "object", "forget", "ready"]);
  const call = (/** @type {string[]} */ names) =>
    page.evaluate((names) => {
      const { assay } = /** @type {any} */ (window);
      return Promise.all(names.map((name) => new Promise((done) => assay(name, name === "ready" ? done : {}).then(() => name !== "ready" && done(0)))));
    }, names);
  await call(commands);
  assert.deepEqual(warned, []);
  await call(["whatever"]);
  assert.equal(warned.length, 1, "a name that is none is warned of");
});
