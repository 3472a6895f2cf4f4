// Reps at their feed: two press for the same lead, one is offline for a while.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, leadOf, onlyAlert, waitForAlert } from "./feed.mjs";
import { LIMIT, live, person, rep, signIn, world } from "./harness.mjs";

const w = world();

test("two reps claim at the same time: one wins, the other sees who has it", LIMIT, async (t) => {
  const email = "wanted@race.test";
  const reps = [
    { page: await rep(t, w, { tolerate: [/409/] }), name: "Demo rep" },
    { page: await rep(t, w, { who: "rep2", tolerate: [/409/] }), name: "Second demo rep" },
  ];
  await ask(w.server.url, email);

  // Both claims are on their way before either reaches the server.
  let held = 0;
  /** @type {() => void} */
  let open = () => {};
  const both = new Promise((resolve) => (open = () => resolve(undefined)));
  const presses = reps.map(async ({ page, name }) => {
    const card = await waitForAlert(page, email);
    await page.route("**/actions", async (route) => {
      if (++held === 2) open();
      await both;
      await route.continue();
    });
    const answered = page.waitForResponse("**/actions");
    await card.getByRole("button", { name: "Claim" }).click();
    return { page, name, card, status: (await answered).status() };
  });
  const [winner, loser] = (await Promise.all(presses)).sort((a, b) => a.status - b.status);
  assert.deepEqual([winner.status, loser.status], [200, 409]);

  await winner.card.getByText("You have it").waitFor();
  await loser.card.getByText(`${winner.name} has it`).waitFor();
  await loser.card.getByText(`${winner.name} was first.`).waitFor();
  assert.equal(await loser.card.getByRole("button", { name: "Claim" }).count(), 0, "there is nothing left to press");

  const { lead } = await onlyAlert(loser.page, email);
  const record = await leadOf(loser.page, lead);
  assert.equal(record.owner_name, winner.name);
});

test("a rep who was offline sees what came meanwhile, and nothing twice", LIMIT, async (t) => {
  const page = await rep(t, w, { tolerate: [/ERR_INTERNET_DISCONNECTED/] });
  await ask(w.server.url, "before@offline.test");
  await waitForAlert(page, "before@offline.test");

  await page.context().setOffline(true);
  await page.locator("[data-connection=offline]").waitFor();
  await ask(w.server.url, "first@offline.test");
  await ask(w.server.url, "second@offline.test");
  assert.equal(await page.locator("article", { hasText: "first@offline.test" }).count(), 0, "offline is offline");

  await page.context().setOffline(false);
  await live(page);
  await waitForAlert(page, "first@offline.test");
  await waitForAlert(page, "second@offline.test");
  for (const email of ["before@offline.test", "first@offline.test", "second@offline.test"]) await onlyAlert(page, email);
});

test("a feed whose first question is never answered asks again, after a minute of silence", LIMIT, async (t) => {
  const page = await person(t, w, { tolerate: [/401.*\/v1\/session/] });
  await page.clock.install();
  let asked = 0;
  const ask = new Promise((resolve) =>
    page.route("**/v1/alerts?*", (route) => (asked++ ? route.continue() : resolve(undefined))),
  );
  const signedIn = signIn(page, "rep");
  await ask;
  await page.clock.fastForward(60_000);
  await signedIn;
  assert.equal(asked, 2);
});
