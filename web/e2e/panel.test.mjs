// "Talk to us now": a panel of ours on somebody else's page, once a form is hot.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, person, world } from "./harness.mjs";
import { ASKABLE, CALL, fillIn, hot, longForm, offering, shifts, warm, watchShifts } from "./offering.mjs";
import { site, tag } from "./pages.mjs";
import { scored } from "./visitor.mjs";

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
    const added = new MutationObserver(([{ addedNodes: [panel] }]) => {
      added.disconnect();
      const status = /** @type {any} */ (panel).shadowRoot.querySelector("[role=status]");
      const before = status.textContent;
      new MutationObserver(() => resolve([before, status.innerText])).observe(status, { childList: true });
    });
    added.observe(document.documentElement, { childList: true });
  }));
  await hot(page);
  assert.deepEqual(await announced, ["", "Talk to us now\n\nIf you would rather talk it over, choose a time that suits you.\nIt is at the end of this page."]);
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

/** Where two things are, of which one may lie over the other, and where the panel's part ends. */
const overlap = (/** @type {Page} */ page, /** @type {string} */ selector) =>
  page.evaluate((selector) => {
    const [part] = /** @type {any} */ (document.querySelector("assay-panel")).shadowRoot.querySelectorAll(".part");
    const shown = getComputedStyle(part).visibility === "visible";
    const [a, b] = [part, document.querySelector(selector)].map((element) => element.getBoundingClientRect());
    return { shown, over: a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom, below: innerHeight - a.bottom };
  }, selector);
const bar = `<div id="bar" style="position:fixed;inset:auto 0 0;padding:20px;background:#ddd;z-index:2147483647">Cookies? <button type="button" onclick="this.parentElement.remove()">Fine</button></div>`;

for (const width of [1280, 390]) {
  test(`at ${width} pixels it stands above a bar at the bottom of the screen, and in its corner once that is gone`, LIMIT, async (t) => {
    await offering(t, w, { on: true, booking_url: CALL });
    const backdrop = `<div style="position:fixed;inset:0;z-index:-1;background:#eef"></div>`;
    const { url } = await site(t, { "/": { html: longForm(tag(w.server.url)).replace("</body>", `${backdrop}${bar}</body>`) } });
    const page = await person(t, w, here);
    await page.setViewportSize({ width, height: 1000 });
    await page.goto(url);
    await fillIn(page, "bar@panel.test");
    await hot(page);
    await talk(page).waitFor();
    const found = await overlap(page, "#bar");
    assert.deepEqual([found.shown, found.over, found.below > 60], [true, false, true]);
    await page.getByRole("button", { name: "Fine" }).click();
    const below = (/** @type {number} */ pixels) =>
      page.waitForFunction((pixels) => {
        const [part] = /** @type {any} */ (document.querySelector("assay-panel")).shadowRoot.querySelectorAll(".part");
        const gap = innerHeight - part.getBoundingClientRect().bottom;
        return pixels === 16 ? gap === 16 : gap > pixels;
      }, pixels);
    await below(16);
    await page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), bar);
    await below(60);
    assert.equal((await overlap(page, "#bar")).over, false, "a bar that comes later");
  });
}

test("something that the page lays over all of it has it out of sight, for as long as it is there", LIMIT, async (t) => {
  await offering(t, w, { on: true, booking_url: CALL });
  const { url } = await site(t, { "/": { html: longForm(tag(w.server.url)) } });
  const page = await person(t, w, here);
  await page.goto(url);
  await fillIn(page, "wall@panel.test");
  await hot(page);
  await talk(page).waitFor();
  const wall = `<div style="position:fixed;inset:0;background:#000a"><p style="background:#fff">First: <button type="button" onclick="this.closest('div').remove()">Fine</button></p></div>`;
  await page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), wall);
  await talk(page).getByRole("link").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Fine" }).click();
  await talk(page).getByRole("link").waitFor();
});

test("it lies on no button beside the form that sends it, and what a page says of its body's last part holds", LIMIT, async (t) => {
  await offering(t, w, { on: true, booking_url: CALL });
  const outside = `<input type="hidden" name="matches"></form><button type="button" style="position:absolute;bottom:30px;right:30px" onclick="document.forms[0].requestSubmit()">Send it</button>`;
  const style = "<style>body > :last-child { outline: 3px solid red } body { position: relative; min-height: 100vh; margin: 0 }</style>";
  const html = longForm(tag(w.server.url) + style).replace("</form>", outside);
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, here);
  await page.setViewportSize({ width: 1280, height: 1000 });
  await page.goto(url);
  await fillIn(page, "outside@panel.test");
  await hot(page);
  await talk(page).waitFor();
  const found = await overlap(page, "button[style]");
  assert.deepEqual([found.shown, found.over], [true, false]);
  assert.equal(await page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector("main"))).outlineStyle), "solid");
});

for (const [size, there] of /** @type {const} */ ([["width=700 height=640", true], ["width=300 height=640", false], ["width=700 height=1200", false]])) {
  test(`beside a form in a frame with ${size} it comes ${there ? "within that frame" : "not at all"}`, LIMIT, async (t) => {
    await offering(t, w, { on: true, booking_url: CALL });
    const { url } = await site(t, {
      "/": { html: `<!doctype html><html lang="en"><title>Around</title>${tag(w.server.url)}<h1>Around</h1><iframe src="/frame" title="Ask us" ${size}></iframe>` },
      "/frame": { html: longForm("") },
    });
    const page = await person(t, w, here);
    await page.goto(url);
    const frame = /** @type {import("playwright-core").Frame} */ (page.frames()[1]);
    await fillIn(frame, "framed@panel.test");
    await page.evaluate(() => ["plan_viewed", "paywall_hit", "cart_filled"].forEach((name) => /** @type {any} */ (window).assay("signal", name)));
    await scored(frame, "hot");
    const panel = frame.getByRole("region", { name: "Talk to us now" });
    if (there) {
      await panel.getByRole("link", { name: /Choose a time/ }).waitFor();
      await panel.getByRole("button", { name: "Close" }).press("Escape");
    }
    // What listens is there, and has heard one more score.
    await page.waitForFunction(() => performance.getEntriesByType("resource").filter(({ name }) => /engine.*js$/.test(name)).length > 1);
    await frame.evaluate(() => {
      const heard = new Promise((resolve) => document.addEventListener("assay:score", () => setTimeout(resolve), { once: true }));
      /** @type {any} */ (parent).assay("identify", { industry: "software" });
      return heard;
    });
    assert.equal((await page.locator("assay-panel").count()) + (await frame.locator("assay-panel").count()), 0);
  });
}
