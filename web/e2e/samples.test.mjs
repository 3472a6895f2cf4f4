// Sample leads go when somebody says so twice, and only then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { api, ask } from "./feed.mjs";
import { LIMIT, rep, world } from "./harness.mjs";

const w = world("-demo-samples=40"); // more than the list shows

test("sample leads are removed by keyboard after one question, which keeps them unless it is answered; real leads stay", LIMIT, async (t) => {
  const page = await rep(t, w, { tolerate: [/net::ERR_FAILED/] });
  await ask(w.server.url, "real@samples.test");
  let asked = 0;
  page.on("request", (request) => void (request.method() === "DELETE" && asked++));
  const remove = page.getByRole("button", { name: "Remove sample leads" });
  const question = page.getByRole("group", { name: /^Remove every sample lead of your site/ });
  const focused = (/** @type {string} */ text) => page.waitForFunction((text) => document.activeElement?.textContent?.trim() === text, text);

  await remove.press("Enter");
  await focused("Keep them");
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme });
    await accessible(page, `the question, ${colorScheme}`);
  }
  for (const answer of ["Enter", "Escape"]) {
    await page.keyboard.press(answer);
    await focused("Remove sample leads");
    assert.equal(await question.count(), 0);
    await page.keyboard.press("Enter");
    await focused("Keep them");
  }
  assert.equal(asked, 0, "nothing was asked of the server");

  await page.route("**/v1/samples", (route) => route.abort(), { times: 1 });
  await page.keyboard.press("Shift+Tab");
  await focused("Remove them all");
  await page.keyboard.press("Enter");
  await question.getByRole("alert").getByText("The server cannot be reached.").waitFor();
  await focused("Remove them all");

  await page.keyboard.press("Enter");
  const said = page.getByRole("status").getByText(/^\d+ sample leads were removed\.$/);
  await said.waitFor();
  await focused((await said.textContent()) ?? "");
  assert.equal(asked, 2);
  assert.equal(await page.locator(".banner").count(), 0);
  const { items } = await api(page, "/v1/leads?limit=200");
  assert.deepEqual(items.map((/** @type {any} */ { email, sample }) => [email, sample]), [["real@samples.test", false]]);
});
