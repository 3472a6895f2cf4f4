// Screens for people who use a keyboard, come late, or meet a server that fails for a while.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { api, ask, waitForAlert } from "./feed.mjs";
import { fillIn, LIMIT, live, person, rep, signIn, world } from "./harness.mjs";

const w = world();

test("a claim and a release keep the focus, and a new screen has it on its heading", LIMIT, async (t) => {
  const page = await rep(t, w);
  /** @type {(tag: string) => Promise<unknown>} */
  const focusOn = (tag) => page.waitForFunction((tag) => document.activeElement?.tagName === tag, tag);
  await focusOn("H1");
  await ask(w.server.url, "held@screens.test");
  const card = await waitForAlert(page, "held@screens.test");
  for (const [press, then] of [["Claim", "You have it"], ["Release", "Nobody has it yet"]]) {
    await card.getByRole("button", { name: press }).press("Enter");
    await card.getByText(then).waitFor();
    await focusOn("BUTTON");
  }
  assert.notEqual(await card.locator(".note").evaluate((note) => getComputedStyle(note).display), "none");
});

test("an alert stays in the history however often leads change hands after it", LIMIT, async (t) => {
  const page = await rep(t, w);
  await ask(w.server.url, "old@screens.test");
  const lead = await (await waitForAlert(page, "old@screens.test")).getAttribute("data-lead-id");
  await page.evaluate(async (lead) => {
    for (let i = 0; i < 210; i++) {
      const body = JSON.stringify({ action: i % 2 ? "release" : "claim" });
      await fetch(`/v1/leads/${lead}/actions`, { method: "POST", headers: { "content-type": "application/json" }, body });
    }
  }, lead);
  const { items } = await api(page, "/v1/alerts?limit=200");
  assert.ok(items.every((/** @type {any} */ { type }) => type === "lead"), "the newest entries are no alerts");
  await page.reload();
  await live(page);
  await waitForAlert(page, "old@screens.test");
});

test("a list of leads that cannot be read says so", LIMIT, async (t) => {
  const page = await rep(t, w, { tolerate: [/net::ERR_FAILED/] });
  await page.route("**/v1/leads?*", (route) => route.abort());
  await ask(w.server.url, "unlisted@screens.test");
  await page.getByText("The list cannot be read right now.").waitFor();
  await page.unroute("**/v1/leads?*");
  await ask(w.server.url, "listed@screens.test");
  await page.getByText("The list cannot be read right now.").waitFor({ state: "detached" });
});

test("who signs in before the server has answered that nobody is signed in stays so", LIMIT, async (t) => {
  const page = await person(t, w, { tolerate: [/401.*\/v1\/session/] });
  /** @type {() => void} */
  let answer = () => {};
  const late = new Promise((resolve) => (answer = () => resolve(undefined)));
  await page.route("**/v1/session", async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const said = await route.fetch();
    await late;
    await route.fulfill({ response: said });
  });
  await signIn(page, "rep");
  const heard = page.waitForResponse((response) => response.status() === 401);
  answer();
  await (await heard).finished();
  await ask(w.server.url, "after@session.test");
  await waitForAlert(page, "after@session.test");
  assert.equal(new URL(page.url()).pathname, "/feed");
});

test("words longer than the screen break, on every width, and the bar above keeps to two rows", LIMIT, async (t) => {
  const page = await rep(t, w, { who: "marketer" });
  const word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  await ask(w.server.url, "long@screens.test", { name: `${word} ${word}`, company: word, role: word });
  await waitForAlert(page, "long@screens.test");
  await page.locator("tr[data-lead-id]", { hasText: word }).waitFor();
  for (const width of [320, 390, 640, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `wider than ${width}`);
    const [sound, out] = [page.getByLabel("Sound"), page.getByRole("button", { name: "Sign out" })];
    if (width >= 390) assert.ok(Math.abs((await middle(sound)) - (await middle(out))) < 2, `three rows at ${width}`);
  }
});

/** @type {(part: import("playwright-core").Locator) => Promise<number>} */
async function middle(part) {
  const box = await part.boundingBox();
  assert.ok(box);
  return box.y + box.height / 2;
}

test("a screen that cannot ask who is signed in says so, and comes when it can", LIMIT, async (t) => {
  const page = await rep(t, w, { tolerate: [/net::ERR_FAILED/] });
  await page.route("**/v1/session", (route) => route.abort());
  await page.reload();
  await page.getByRole("status").getByText("The server does not answer. This page keeps trying.").waitFor();
  await accessible(page, "a screen that waits");
  await page.unroute("**/v1/session");
  await live(page);
});

test("who signs in gets the screen that they came for, and after signing out the feed", LIMIT, async (t) => {
  const page = await person(t, w, { tolerate: [/401.*\/v1\/session/] });
  await page.goto("/install");
  await page.waitForURL((url) => url.pathname === "/");
  await fillIn(page, "marketer");
  await page.waitForURL("/install");
  await page.getByRole("group", { name: "Tag", exact: true }).waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await fillIn(page, "rep");
  await page.waitForURL("/feed");
});

test("an address that is none says so in a browser, and leads to the feed", LIMIT, async (t) => {
  const page = await rep(t, w, { tolerate: [/401.*\/v1\/session/, /404.*\/nowhere/] });
  const answer = await page.goto("/nowhere");
  assert.equal(answer?.status(), 404);
  await accessible(page, "an address that is none");
  await page.getByRole("link", { name: "Go to the feed" }).click();
  await page.waitForURL("/feed");
  await live(page);
});
