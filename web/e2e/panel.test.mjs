// "Talk to us now": a panel of ours on somebody else's page, once a form is hot.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, person, world } from "./harness.mjs";
import { ASKABLE, CALL, fillIn, hot, longForm, offering, shifts, warm, watchShifts } from "./offering.mjs";
import { site, tag } from "./pages.mjs";

/** @typedef {import("playwright-core").Page} Page */
const w = world();
const here = { tolerate: [/favicon/] };
const talk = (/** @type {Page} */ page) => page.getByRole("region", { name: "Talk to us now" });
const focused = (/** @type {Page} */ page) => page.evaluate(() => /** @type {any} */ (document.activeElement)?.name ?? "");

test("under a strict policy a hot form brings a panel that shifts nothing, is announced, and never takes the focus", LIMIT, async (t) => {
  await offering(t, w, { on: true, booking_url: CALL });
  const host = w.server.url;
  const policy = `default-src 'none'; script-src ${host} 'wasm-unsafe-eval'; connect-src ${host}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const { url } = await site(t, { "/": { html: longForm(tag(host)), headers: { "Content-Security-Policy": policy } } });
  const page = await person(t, w, here);
  await page.goto(url);
  await fillIn(page, "calm@panel.test");
  await warm(page);
  assert.equal(await page.locator("assay-panel").count(), 0, "warm is not hot");
  await watchShifts(page);
  /** What is announced is put into a part that was there already. */
  const announced = page.evaluate(() => new Promise((resolve) => {
    const body = new MutationObserver(([{ addedNodes: [panel] }]) => {
      body.disconnect();
      const status = /** @type {any} */ (panel).shadowRoot.querySelector("[role=status]");
      const before = status.textContent;
      new MutationObserver(() => resolve([before, status.innerText])).observe(status, { childList: true });
    });
    body.observe(document.body, { childList: true });
  }));
  await hot(page);
  assert.deepEqual(await announced, ["", "Talk to us now\n\nIf you would rather talk it over, choose a time that suits you."]);
  assert.equal(await focused(page), "message");
  const link = talk(page).getByRole("link", { name: "Choose a time (opens in a new tab)" });
  assert.deepEqual([await link.getAttribute("href"), await link.getAttribute("target"), await link.getAttribute("rel")], [CALL, "_blank", "noopener"]);
  assert.deepEqual(await shifts(page), []);
  assert.equal(await page.evaluate(() => document.querySelectorAll("[style]").length), 0);
});

for (const [width, height] of [[1280, 720], [390, 844]]) {
  test(`at ${width} pixels it lies neither on the field with the focus nor on the form's button, and its moves shift nothing`, LIMIT, async (t) => {
    await offering(t, w, { on: true, booking_url: CALL, ask: ASKABLE });
    const style = "<style>p { margin: 3rem 0 3rem auto; width: 60% } input, textarea { display: block; width: 100% } button { float: right }</style>";
    const { url } = await site(t, { "/": { html: longForm(tag(w.server.url) + style) } });
    const page = await person(t, w, here);
    await page.setViewportSize({ width, height });
    await page.goto(url);
    await fillIn(page, "clear@panel.test");
    await hot(page);
    await talk(page).waitFor();
    await watchShifts(page);
    const places = new Set();
    for (const control of await page.locator("form :is(input, textarea, button)").all()) {
      await control.focus();
      for (const block of /** @type {const} */ (["start", "center", "end"])) {
        const { place, covered } = await control.evaluate(async (control, block) => {
          control.scrollIntoView({ block });
          for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
          const parts = [.../** @type {any} */ (document.querySelector("assay-panel")?.shadowRoot).querySelectorAll(".part")];
          const [first, last] = [parts[0], parts.at(-1)].map((part) => part.getBoundingClientRect());
          const a = { left: first.left, right: first.right, top: first.top, bottom: last.bottom };
          const shown = getComputedStyle(parts[0]).visibility === "visible";
          const covered = [control, .../** @type {any} */ (document).forms[0].querySelectorAll("button")].some((element) => {
            const b = element.getBoundingClientRect();
            return shown && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          });
          return { place: shown && `${a.left <= 16 ? "start" : "end"} ${a.top < innerHeight / 4 ? "top" : "bottom"}`, covered };
        }, block);
        assert.equal(covered, false);
        places.add(place);
      }
    }
    assert.ok(places.has("end bottom") && places.size > 1, [...places].join());
    assert.deepEqual(await shifts(page), []);
  });
}

test("beside a form in a shadow tree it comes as well", LIMIT, async (t) => {
  await offering(t, w, { on: true, booking_url: CALL });
  const html = longForm(tag(w.server.url)).replace("<form", `<div><template shadowrootmode="open"><form`).replace("</form>", "</form></template></div>");
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, here);
  await page.goto(url);
  await page.locator("[name=name]").focus(); // only then is the tree met
  await fillIn(page, "shadow@panel.test");
  await hot(page);
  await talk(page).getByRole("link").waitFor();
});

test("an objection takes it away for good, and where nothing is switched on nothing is loaded", LIMIT, async (t) => {
  await offering(t, w, { on: true, booking_url: CALL });
  const { url } = await site(t, { "/": { html: longForm(tag(w.server.url)) } });
  const page = await person(t, w, here);
  const off = await person(t, w, here);
  await page.goto(url);
  await fillIn(page, "against@panel.test");
  await hot(page);
  await talk(page).waitFor();
  await page.evaluate(() => /** @type {any} */ (window).assay("object"));
  await page.locator("assay-panel").waitFor({ state: "detached" });

  await offering(t, w, { booking_url: CALL });
  await off.goto(url);
  await fillIn(off, "quiet@panel.test");
  await hot(off);
  const loaded = await off.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.endsWith(".js")));
  const scripts = await Promise.all(loaded.map(async (name) => (await fetch(name)).text()));
  assert.deepEqual([scripts.length > 1, scripts.some((text) => text.includes("assay-panel"))], [true, false]);
});
