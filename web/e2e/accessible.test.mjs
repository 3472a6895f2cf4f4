// What axe-core finds on every page that we render: the screens, the demo site, and its forms when they are rated.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { ask, waitForAlert } from "./feed.mjs";
import { LIMIT, live, person, rep, world } from "./harness.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { answerAll, promising, scored } from "./visitor.mjs";

const w = world();
const PAGES = new URL("../demo/pages/", import.meta.url);

for (const scheme of /** @type {const} */ (["light", "dark"])) {
  test(`the screens, ${scheme}`, LIMIT, async (t) => {
    const page = await rep(t, w);
    await page.emulateMedia({ colorScheme: scheme });
    await accessible(page, "a feed without an alert");
    const email = `${scheme}@accessible.test`;
    await ask(w.server.url, email);
    await (await waitForAlert(page, email)).getByRole("button", { name: "Claim" }).waitFor();
    await accessible(page, "a feed with one");
    const nobody = await person(t, w, { tolerate: [/401.*\/v1\/session/] });
    await nobody.emulateMedia({ colorScheme: scheme });
    await nobody.goto("/");
    await nobody.getByLabel("Password").waitFor();
    await accessible(nobody, "the sign-in");
  });
}

for (const scheme of /** @type {const} */ (["light", "dark"])) {
  test(`what marketers and visitors of the demo see, ${scheme}`, LIMIT, async (t) => {
    const marketer = await rep(t, w, { who: "marketer" });
    await marketer.emulateMedia({ colorScheme: scheme });
    await marketer.goto("/install");
    await marketer.getByRole("group", { name: "Tag", exact: true }).waitFor();
    await accessible(marketer, "the screen for the tag");
    const { url } = await site(t, { "/": { html: shortForm(tag(w.server.url)) } });
    await marketer.getByLabel("Address of a page with a form").fill(url);
    await marketer.getByRole("button", { name: "Check the page" }).click();
    await marketer.getByText(/^Form .*: \d fields$/).click();
    await accessible(marketer, "a page that was checked");

    const page = await rep(t, w);
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto("/demo/live");
    await live(page);
    const frame = page.frameLocator("iframe");
    await page.getByRole("navigation", { name: "Pages of the demo site" }).getByText("Book a demo").click();
    await frame.locator("form[data-assay-band]").first().waitFor();
    await accessible(page, "the live demo");
    await answerAll(/** @type {import("playwright-core").Frame} */ (page.frame("demo-site")), promising(`${scheme}@demo-live.test`));
    await page.getByRole("region", { name: "The score" }).getByText("Hot", { exact: true }).waitFor();
    await accessible(page, "the live demo with a hot visitor");
  });
}

test("the demo site, and a form whose visitor is hot", LIMIT, async (t) => {
  const page = await person(t, w);
  const files = (await readdir(PAGES, { recursive: true })).filter((name) => name.endsWith(".html"));
  assert.ok(files.length > 10);
  for (const name of files) {
    const path = name.replace(/\.html$/, "/").replace(/^index\/$/, "");
    await page.goto(`/demo/${path}`);
    if (await page.locator("form[data-assay-form]").count()) await scored(page);
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme });
      await accessible(page, `/demo/${path}, ${colorScheme}`);
    }
  }
  await page.goto("/demo/book-a-demo/");
  await scored(page);
  await answerAll(page, promising("hot@accessible.test"));
  await scored(page, "hot");
  for (const colorScheme of /** @type {const} */ (["dark", "light"])) {
    await page.emulateMedia({ colorScheme });
    await accessible(page, `a form with what is shown to whoever is hot, ${colorScheme}`);
  }
});
