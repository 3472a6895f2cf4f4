// The live demo: opened by the printed link, it shows the visitor, the score and the rep's feed side by side.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { onlyAlert, waitForAlert } from "./feed.mjs";
import { LIMIT, live, person, rep, world } from "./harness.mjs";
import { answerAll, promising, scored, takeTime } from "./visitor.mjs";

const w = world();

test("the printed link opens the live demo once; a submit on the left is an alert on the right", LIMIT, async (t) => {
  const email = "left@demo-live.test";
  const page = await person(t, w);
  await page.goto(w.server.link);
  await live(page);
  assert.equal(new URL(page.url()).hash, "", "the token leaves the address");
  assert.equal(new URL(page.url()).pathname, "/demo/live");

  const panel = page.getByRole("region", { name: "The score" });
  assert.equal(await panel.getByRole("meter", { name: "Fit" }).getAttribute("aria-valuetext"), "none yet", "no score is not 0");
  assert.equal((await panel.locator("[data-crossing=none]").boundingBox())?.height, 0, "nothing under way takes no room");
  await page.getByRole("navigation", { name: "Pages of the demo site" }).getByText("Book a demo").click();
  const frame = page.frame("demo-site");
  assert.ok(frame);
  await frame.waitForURL("**/demo/book-a-demo/");
  await scored(frame, "cold");
  await panel.getByText("0 of 100 so far").waitFor();
  await answerAll(frame, promising(email));
  await scored(frame, "hot");
  await panel.getByText("Wants to start within three months").waitFor();
  await panel.getByText("Hot", { exact: true }).waitFor();
  assert.match(await panel.innerText(), /Fit\s+\d+ of 100$/m);
  for (const [name, row] of [["Engagement", "+15Viewed pricing"], ["Fit", "+20Target industry"]]) {
    const rows = await panel.getByRole("list", { name: `${name}, made of` }).getByRole("listitem").allTextContents();
    assert.ok(rows.includes(row), `rows of the score: ${rows}`);
    const points = rows.map((row) => Number(row.replace("−", "-").match(/^\+?(-?\d+)/)?.[1]));
    const shown = Number(await panel.getByRole("meter", { name }).getAttribute("aria-valuenow"));
    assert.equal(points.reduce((sum, of) => sum + of, 0), shown, `the rows of ${name} sum to it: ${rows}`);
  }
  await takeTime(frame);
  await frame.locator("form [type=submit]").click();
  await frame.waitForURL("**/demo/thanks/");

  const alert = await onlyAlert(page, email);
  assert.equal(alert.kind, "prospect");
  assert.equal(alert.band, "hot");
  await page.locator("[data-crossing=arrived]").waitFor();
  t.diagnostic(`${await page.locator("[data-crossing]").textContent()}`);

  const other = await person(t, w, { tolerate: [/40\d.*\/v1\/session/] });
  await other.goto(w.server.link);
  await other.getByText("This link was opened before.").waitFor();
  assert.deepEqual(await other.context().cookies(), [], "nobody is signed in by a used link");
});

test("on a phone grade and band stay in sight while the form is filled in, and lead to the reasons and the alert", LIMIT, async (t) => {
  const email = "phone@demo-live.test";
  const page = await rep(t, w);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/demo/live");
  await live(page);
  const strip = page.getByRole("region", { name: "At a glance" });
  await strip.getByText("No score yet").waitFor();
  const height = (await strip.boundingBox())?.height;
  await page.getByRole("navigation", { name: "Pages of the demo site" }).getByText("Book a demo").click();
  const frame = page.frame("demo-site");
  assert.ok(frame);
  await frame.waitForURL("**/demo/book-a-demo/");
  await scored(frame, "cold");
  await answerAll(frame, promising(email));
  await scored(frame, "hot");
  await strip.getByText("Hot", { exact: true }).waitFor();
  assert.match((await strip.locator(".grade [aria-hidden]").textContent()) ?? "", /^[A-D][1-4]$/);
  assert.equal(await page.getByRole("region", { name: "The score" }).getByText("Hot", { exact: true }).isVisible(), false, "it is told once");
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme });
    await accessible(page, `the live demo on a phone, ${colorScheme}`);
  }
  /** Whether all of a part can be seen. @type {(part: import("playwright-core").Locator) => Promise<boolean>} */
  const inSight = (part) => part.evaluate((part) => {
    const { top, bottom } = part.getBoundingClientRect();
    const at = document.elementFromPoint(innerWidth / 2, (top + bottom) / 2);
    return top >= 0 && bottom <= innerHeight && part.contains(at);
  });
  assert.ok(await inSight(strip));
  await takeTime(frame);
  await frame.locator("form [type=submit]").click();
  await waitForAlert(page, email);
  for (const [name, title] of [["Reasons", "The score"], [/^Alerts \d+ unclaimed$/, /^Alerts/]]) {
    await strip.getByRole("link", { name }).press("Enter");
    const heading = page.getByRole("heading", { name: title });
    await page.waitForURL(/#(score|alerts)-title$/);
    assert.ok(await inSight(heading), `${title} is not under the strip`);
    assert.ok(await inSight(strip), `the strip stays over ${title}`);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, "nothing is wider than a phone");
  assert.equal((await strip.boundingBox())?.height, height, "the strip is one line, as it was without a score");
});
