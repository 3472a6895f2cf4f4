// What axe-core finds on every page that we render: the screens, the demo site, and its forms when they are rated.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { ask, waitForAlert } from "./feed.mjs";
import { LIMIT, person, rep, world } from "./harness.mjs";
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

test("the demo site, and a form whose visitor is hot", LIMIT, async (t) => {
  const page = await person(t, w);
  const files = (await readdir(PAGES, { recursive: true })).filter((name) => name.endsWith(".html"));
  assert.ok(files.length > 10);
  for (const name of files) {
    const path = name.replace(/\.html$/, "/").replace(/^index\/$/, "");
    await page.goto(`/demo/${path}`);
    if (await page.locator("form[data-assay-form]").count()) await scored(page);
    await accessible(page, `/demo/${path}`);
  }
  await page.goto("/demo/book-a-demo/");
  await scored(page);
  await answerAll(page, promising("hot@accessible.test"));
  await scored(page, "hot");
  await accessible(page, "a form with what is shown to whoever is hot");
});
