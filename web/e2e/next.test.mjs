// The recipe for Next, in an app that the real Next builds and serves: forms that are opened, and forms that are walked to within the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rep, world } from "./harness.mjs";
import { serveApp } from "./next/app.mjs";
import { site } from "./pages.mjs";
import { checked, comesThrough, recipeFor } from "./recipes.mjs";

/** @typedef {import("playwright-core").Page} Page */

const w = world();

/** How often a page has the tag. @type {(page: Page) => Promise<number>} */
const tags = (page) => page.locator("script[src$='/assay.js']").count();

test("the recipe for Next", { timeout: 300_000 }, async (t) => {
  const office = await site(t, {});
  const recipe = recipeFor(w.server.url, "Next", "jsx");
  const url = await serveApp(t, recipe, office.url);

  await t.test("a page with a form: controlled inputs, sent by the page's own code", async (t) => {
    const { page } = await comesThrough(t, w, office, "opened@next.test", (page) => page.goto(`${url}/ask`));
    assert.equal(await tags(page), 1);
  });

  for (const [link, path, what] of [["Ask us", "/ask", "controlled inputs"], ["Call us", "/call", "a server action that leads to another page"]]) {
    await t.test(`a form that next/link leads to: ${what}`, async (t) => {
      /** @type {string[]} */
      const boots = [];
      const { page, touch } = await comesThrough(t, w, office, `${path.slice(1)}@next.test`, async (page) => {
        page.on("request", (request) => void (request.url().includes("/boot") && boots.push(request.url())));
        const started = page.waitForResponse("**/boot*");
        await page.goto(url);
        await started;
        await page.evaluate(() => void (document.body.dataset.stays = "yes"));
        await page.getByRole("link", { name: link }).click();
        await page.waitForURL(url + path);
      });
      assert.equal(await page.locator("body[data-stays]").count(), 1, "no page was loaded on the way");
      assert.equal(touch.page, url + path);
      assert.equal(await tags(page), 1);
      assert.equal(boots.length, 1, "one session");
    });
  }

  await t.test("a check sees a script of the page's that adds the tag", async (t) => {
    const { findings } = await checked(await rep(t, w, { who: "marketer" }), `${url}/ask`);
    assert.ok(findings.some(({ code }) => code === "tag_by_script"), JSON.stringify(findings));
  });
});
