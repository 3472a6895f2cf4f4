// A visitor opens the page of a site that does not exist.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { LIMIT, person, world } from "./harness.mjs";

const w = world();
const tolerate = [/404.*\/privacy\/nobody/];

for (const { lang, spoken, heading } of [
  { lang: "en", spoken: ["pl", "en-GB"], heading: "There is no such site here" },
  { lang: "de", spoken: ["de-AT", "en"], heading: "Hier gibt es diese Website nicht" },
  { lang: "fr", spoken: ["fr-CA"], heading: "Ce site n’existe pas ici" },
  { lang: "es", spoken: ["es"], heading: "Aquí no existe ese sitio" },
]) {
  test(`whoever speaks ${lang} is told that there is no such site, and what to do`, LIMIT, async (t) => {
    const page = await person(t, w, { tolerate });
    await page.context().addInitScript((spoken) => Object.defineProperty(Navigator.prototype, "languages", { get: () => spoken }), spoken);
    const words = () => page.locator("[data-word]").allTextContents();
    const answer = await page.goto("/privacy/nobody");
    assert.equal(answer?.status(), 404);
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    assert.deepEqual([await page.title(), await page.evaluate(() => document.documentElement.lang)], [heading, lang]);
    const said = await words();
    assert.equal(new Set(said).size, said.length - 1, "only title and heading are the same");
    if (lang !== "en") assert.doesNotMatch(said.join(" "), /\b(the|your|you|form|site is)\b/i);
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme });
      await accessible(page, `no such site, ${lang}, ${colorScheme}`);
    }
  });
}

test("without scripts, too", LIMIT, async (t) => {
  const page = await person(t, w, { tolerate, javaScriptEnabled: false });
  await page.goto("/privacy/nobody");
  await page.getByText("Go back to the form and press “Your choices”").waitFor();
});
