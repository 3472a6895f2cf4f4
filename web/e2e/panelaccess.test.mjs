// What is offered beside a form, for people who use a keyboard or a screen reader, or see colours otherwise.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { LIMIT, person, world } from "./harness.mjs";
import { ASKABLE, CALL, fillIn, hot, longForm, offering } from "./offering.mjs";
import { site, tag } from "./pages.mjs";

/** @typedef {import("playwright-core").Page} Page */
const w = world();
const here = { tolerate: [/favicon/] };
const talk = (/** @type {Page} */ page) => page.getByRole("region", { name: "Talk to us now" });

test("by keyboard: last on the page, closed by Escape from within, the focus back where it was, and closed for good", LIMIT, async (t) => {
  await offering(t, w, { on: true, booking_url: CALL });
  const { url } = await site(t, { "/": { html: longForm(tag(w.server.url)) } });
  const page = await person(t, w, here);
  await page.goto(url);
  await fillIn(page, "keys@panel.test");
  await hot(page);
  await talk(page).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await talk(page).count(), 1, "Escape elsewhere is the page's");
  const held = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? document.activeElement?.textContent);
  const order = [];
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press("Tab");
    order.push(await held());
  }
  assert.deepEqual(order, ["Your choices", "Send", "Choose a time (opens in a new tab)", "Close"]);
  await page.keyboard.press("Escape");
  assert.equal(await held(), "Send");
  assert.equal(await page.locator("assay-panel").count(), 0);
  await page.evaluate(() => {
    const told = new Promise((resolve) => document.addEventListener("assay:score", () => resolve(1)));
    /** @type {any} */ (window).assay("identify", { industry: "software" });
    return told;
  });
  assert.equal(await page.locator("assay-panel").count(), 0);
});

test("for a screen reader: a region at the end, whose parts are headed, polite and named in reading order", LIMIT, async (t) => {
  await offering(t, w, { on: true, booking_url: CALL, ask: ASKABLE });
  const { url } = await site(t, { "/": { html: longForm(tag(w.server.url)) } });
  const page = await person(t, w, here);
  await page.goto(url);
  await fillIn(page, "heard@panel.test");
  await hot(page);
  await talk(page).getByRole("combobox").waitFor();
  const { nodes } = await (await page.context().newCDPSession(page)).send("Accessibility.getFullAXTree");
  const heard = nodes
    .filter(({ ignored, role }) => !ignored && /^(region|status|heading|textbox|link|button|combobox)$/.test(role?.value))
    .map(({ role, name, properties }) => [role?.value, name?.value, properties?.find(({ name }) => name === "live")?.value.value].filter(Boolean).join(" "));
  const byTree = await talk(page).ariaSnapshot();
  assert.ok(heard.includes("status polite"), heard.join("; "));
  const lines = byTree.split("\n").map((line) => line.trim()).filter((line) => !/option|\/url|paragraph/.test(line));
  assert.deepEqual(lines, [
    `- region "Talk to us now":`,
    "- status:",
    `- heading "Talk to us now" [level=2]`,
    `- link "Choose a time (opens in a new tab)":`,
    "- status:",
    `- heading "Which industry are you in?" [level=2]`,
    `- combobox "Which industry are you in?":`,
    `- button "Close"`,
  ]);
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe-core finds nothing, in ${colorScheme} colours, from left and from right`, LIMIT, async (t) => {
    await offering(t, w, { on: true, booking_url: CALL, ask: ASKABLE });
    const html = longForm(tag(w.server.url));
    const { url } = await site(t, {
      "/": { html },
      "/rtl": { html: longForm(tag(w.server.url), `lang="ar" dir="rtl"`) },
      "/body": { html: html.replace("<body>", `<body dir="rtl">`) },
    });
    for (const path of ["/", "/rtl", "/body"]) {
      const page = await person(t, w, here); // a visit of its own
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(url + path);
      await fillIn(page, "seen@panel.test");
      await hot(page);
      await talk(page).getByRole("combobox").waitFor();
      await accessible(page, path);
      const { side, moves, lang } = await talk(page).evaluate((panel) => {
        const { left, right } = panel.getBoundingClientRect();
        const { clientWidth } = document.documentElement;
        return { side: clientWidth - right === 16 ? "right" : left, moves: getComputedStyle(/** @type {Element} */ (panel.firstElementChild)).transitionDuration, lang: panel.getAttribute("lang") };
      });
      assert.deepEqual([side, moves, lang], [path === "/" ? "right" : 16, "0s", "en"]);
      await page.emulateMedia({ forcedColors: "active" });
      assert.equal(await talk(page).evaluate((panel) => getComputedStyle(/** @type {Element} */ (panel.firstElementChild)).borderTopStyle), "solid");
    }
  });
}

test("beside a form in a modal dialog it can be used, and Escape closes it alone", LIMIT, async (t) => {
  await offering(t, w, { on: true, booking_url: CALL });
  const html = longForm(tag(w.server.url)).replace("<form", "<dialog><form").replace("</form>", "</form></dialog>");
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, here);
  await page.goto(url);
  await page.evaluate(() => document.querySelector("dialog")?.showModal());
  await fillIn(page, "modal@panel.test");
  await hot(page);
  await talk(page).getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("assay-panel").count(), 0);
  assert.equal(await page.locator("dialog[open]").count(), 1);
  assert.equal(await page.evaluate(() => /** @type {any} */ (document.activeElement).name), "message");
});

/** Dialogs of the page's own that keep the focus, as pages write them. */
const traps = {
  "wraps at the last that can have it": `dialog.addEventListener("keydown", (event) => {
    const all = [...dialog.querySelectorAll("a[href],button,input,textarea,[tabindex]")].filter((one) => one.getClientRects().length);
    const [edge, other] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
    if (event.key !== "Tab" || document.activeElement !== edge) return;
    event.preventDefault();
    other.focus();
  });`,
  "fetches it back from outside": `document.addEventListener("focusin", ({ target }) => dialog.contains(target) || dialog.querySelector("input").focus());`,
};

for (const [how, trap] of Object.entries(traps)) {
  test(`a form's dialog that keeps the focus, and ${how}: the panel is reached in it, whole, and Escape closes it alone`, LIMIT, async (t) => {
    await offering(t, w, { on: true, booking_url: CALL });
    const style = `position:fixed;inset-block:40px;left:50%;transform:translate(-50%);inline-size:400px;overflow:auto`;
    const closes = `dialog.addEventListener("keydown", ({ key }) => { if (key === "Escape") dialog.remove(); });`;
    const html = longForm(tag(w.server.url))
      .replace("<form", `<div role="dialog" aria-modal="true" aria-label="Ask us" style="${style}"><form`)
      .replace("</form>", `</form></div><script>const dialog = document.querySelector("[role=dialog]"); ${trap} ${closes}</script>`);
    const { url } = await site(t, { "/": { html } });
    const page = await person(t, w, here);
    await page.goto(url);
    await fillIn(page, "trapped@panel.test");
    await hot(page);
    await talk(page).waitFor();
    await page.waitForFunction(() => {
      const [part] = /** @type {any} */ (document.querySelector("assay-panel")).shadowRoot.querySelectorAll(".part");
      const { right, bottom } = part.getBoundingClientRect();
      const reached = /** @type {any} */ (document.querySelector("assay-panel")).shadowRoot.elementFromPoint(right - 20, bottom - 20);
      return document.documentElement.clientWidth - right === 16 && innerHeight - bottom === 16 && part.contains(reached);
    });
    await page.getByRole("button", { name: "Send" }).focus();
    await page.keyboard.press("Tab");
    const held = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent);
    assert.equal(await held(), "Choose a time (opens in a new tab)");
    await accessible(page, how);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("assay-panel").count(), 0);
    assert.equal(await page.locator("[role=dialog]").count(), 1);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Send");
  });
}
