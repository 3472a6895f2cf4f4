// Themes that others made, as sites use them: nothing but what arrives at our server tells whether the tag is there.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { installed } from "../installed.mjs";
import { leadBy, waitForAlert } from "./feed.mjs";
import { DEADLINE, rep, startBrowser, world } from "./harness.mjs";
import { unlike } from "./hosts/compare.mjs";
import { serve } from "./hosts/page.mjs";
import { PAINTING } from "./hosts/pictures.mjs";
import { emailAt, THEMES } from "./hosts/themes.mjs";
import { stranger, visit } from "./hosts/visit.mjs";
import { site } from "./pages.mjs";

/** Without the tag, at most: a theme that is not always the same by itself may be with the tag what it is without at times. */
const VISITS = 4;

const w = world();
const packages = installed(new URL("./hosts/", import.meta.url));

test("other people's themes look, say and send the same with the tag, and their leads arrive", { timeout: 600_000 }, async (t) => {
  const feed = await rep(t, w);
  const browser = await startBrowser({ args: PAINTING });
  t.after(() => browser.close());
  for (const theme of THEMES) {
    await t.test(`${theme.name}: ${theme.what}`, { timeout: 120_000 }, async (t) => {
      const place = await serve(t, join(packages, theme.package), theme, w.server.url);
      const go = async (/** @type {boolean} */ tagged) =>
        visit(await stranger(t, browser, DEADLINE), tagged ? place.tagged : place.plain, theme, tagged, place.next);
      const plain = [await go(false)];
      const tagged = await go(true);
      while (plain.length < VISITS && (await unlike(feed, plain, tagged)).length > 0) plain.push(await go(false));
      assert.deepEqual(await unlike(feed, plain, tagged), []);
      if (plain.length > 1) t.diagnostic(`not always the same by itself: ${plain.length} visits without the tag`);

      await waitForAlert(feed, emailAt(theme.name));
      assert.equal(place.posts.length, plain.length + 1, "each form was sent once");
      assert.ok(place.posts[0].entries.length >= Object.keys(theme.answers).length);
      for (const post of place.posts) assert.deepEqual(post, place.posts[0], "entry by entry");
      const lead = await leadBy(feed, emailAt(theme.name));
      assert.equal(lead.verdict, "verified", JSON.stringify(lead.touches));
      assert.equal(lead.form, theme.name);
      for (const [member, value] of Object.entries(theme.lead)) assert.equal(lead[member], value, member);
    });
  }
});

/** All that a tag must not do; runs in place of ours. */
const RUDE = `addEventListener("load", () => {
  console.error("rude");
  const form = document.forms[1];
  form.noValidate = true;
  form.style.outline = "solid red";
  form.addEventListener("focusin", () => (form.style.marginTop = "40px"), { once: true });
  form.addEventListener("focusout", ({ target }) => target.value += "!", { once: true });
});`;

test("a tag that does what it must not is noticed by each", { timeout: 120_000 }, async (t) => {
  const theme = /** @type {import("./hosts/themes.mjs").Theme} */ (THEMES.find(({ name }) => name === "landing"));
  const rude = await site(t, { "/assay.js": { html: RUDE } });
  const { plain, tagged, next } = await serve(t, join(packages, theme.package), theme, rude.url);
  const go = async (/** @type {string} */ url) => visit(await stranger(t, w.browser, DEADLINE), url, theme, false, next);
  const found = await unlike(await stranger(t, w.browser, DEADLINE), [await go(plain)], await go(tagged));
  const wanted = ["the page looks", "the filled form looks", "the page shifts", "the form's markup", "the fields hold", "the console says"];
  assert.deepEqual(wanted.filter((start) => !found.some((text) => text.startsWith(start))), [], found.join("\n"));
});
