// The live demo: opened by the printed link, it shows the visitor, the score and the rep's feed side by side.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onlyAlert } from "./feed.mjs";
import { LIMIT, live, person, world } from "./harness.mjs";
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
