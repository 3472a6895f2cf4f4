// Themes that others made, as sites use them: nothing but what arrives at our server tells whether the tag is there.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { installed } from "../installed.mjs";
import { leadBy, waitForAlert } from "./feed.mjs";
import { DEADLINE, LIMIT, rep, startBrowser, world } from "./harness.mjs";
import { serve } from "./hosts/page.mjs";
import { difference, NOISE, PAINTING } from "./hosts/pictures.mjs";
import { emailAt, THEMES } from "./hosts/themes.mjs";
import { stranger, visit } from "./hosts/visit.mjs";

const w = world();
const packages = installed(new URL("./hosts/", import.meta.url));

test("other people's themes look, say and send the same with the tag, and their leads arrive", { timeout: 300_000 }, async (t) => {
  const feed = await rep(t, w);
  const browser = await startBrowser(...PAINTING);
  t.after(() => browser.close());
  for (const theme of THEMES) {
    await t.test(`${theme.name}: ${theme.what}`, LIMIT, async (t) => {
      const site = await serve(t, join(packages, theme.package), theme, w.server.url);
      const plain = await visit(await stranger(t, browser, DEADLINE), site.plain, theme, false, site.next);
      const tagged = await visit(await stranger(t, browser, DEADLINE), site.tagged, theme, true, site.next);

      assert.ok((await difference(feed, plain.before, tagged.before)) <= NOISE, "the page looks the same");
      assert.ok((await difference(feed, plain.after, tagged.after)) <= NOISE, "the filled form looks the same");
      assert.equal(tagged.form, plain.form, "the form's markup is the page's own");
      assert.deepEqual(tagged.values, plain.values);
      assert.deepEqual(tagged.said.filter((text) => !plain.said.includes(text)), [], "the console says nothing new");
      assert.ok(tagged.shift <= plain.shift, `layout shift ${tagged.shift}, without the tag ${plain.shift}`);

      await waitForAlert(feed, emailAt(theme.name));
      assert.equal(site.posts.length, 2, "each form was sent once");
      assert.ok(site.posts[0].entries.length >= Object.keys(theme.answers).length);
      assert.deepEqual(site.posts[1], site.posts[0], "entry by entry");
      const lead = await leadBy(feed, emailAt(theme.name));
      assert.equal(lead.verdict, "verified", JSON.stringify(lead.touches));
      assert.equal(lead.form, theme.name);
      for (const [member, value] of Object.entries(theme.lead)) assert.equal(lead[member], value, member);
    });
  }
});
