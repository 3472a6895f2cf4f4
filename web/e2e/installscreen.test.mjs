// The screen on which marketers put the tag into pages: the tag, the check of a page, and the test event.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { api, ask, waitForAlert } from "./feed.mjs";
import { LIMIT, person, rep, world } from "./harness.mjs";
import { shortForm, site } from "./pages.mjs";
import { askAt } from "./visitor.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("node:test").TestContext} TestContext */

const w = world();

/**
 * A marketer on the screen.
 * @param {TestContext} t
 * @param {import("./harness.mjs").Ways} [ways]
 */
async function installing(t, ways) {
  const page = await rep(t, w, { who: "marketer", ...ways });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Install" }).click();
  await page.getByRole("group", { name: "Tag", exact: true }).waitFor();
  return page;
}

test("a test event shows each of its steps with its time, goes to who sent it alone, and is gone again", LIMIT, async (t) => {
  const theirs = await rep(t, w);
  const page = await installing(t);
  await page.getByRole("button", { name: "Send a test event" }).press("Enter");
  await page.getByRole("status").getByText(/^It came through in [\d.,]+ ms\.$/).waitFor();
  const steps = page.getByRole("list", { name: "Steps of the test event" }).getByRole("listitem");
  const said = await steps.allInnerTexts();
  assert.deepEqual(said.map((text) => text.replace(/\s+/g, " ").split(/ [\d.,]+ ms /)[0]),
    ["Fine Session", "Fine Signature", "Fine Touch", "Fine Lead", "Fine Alert", "Fine Removal"]);
  assert.match(said[3], /sample lead: grade \S+, [\w-]+, its evidence verified/);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Send a test event", "the focus stays");
  assert.deepEqual((await api(page, "/v1/leads")).items, []);
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme });
    await accessible(page, `a test event, ${colorScheme}`);
  }
  await page.setViewportSize({ width: 320, height: 700 });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, "nothing is wider than a phone");
  await accessible(page, "a test event, narrow");

  await page.getByRole("link", { name: "Feed" }).click();
  const card = page.locator("[data-kind=test]");
  await card.getByText("Nobody to call").waitFor();
  assert.equal(await card.getByRole("button", { name: "Claim" }).count(), 0);
  // What comes after it at the rep's is the first thing there.
  await ask(w.server.url, "after@test.test");
  await waitForAlert(theirs, "after@test.test");
  assert.equal(await theirs.locator("[data-alert-id]").count(), 1);
});

test("a test event that cannot be sent says why, and the next one can", LIMIT, async (t) => {
  const page = await installing(t, { tolerate: [/Failed to load|503/] });
  await page.route("**/v1/install/test", (route) => route.abort(), { times: 1 });
  const button = page.getByRole("button", { name: "Send a test event" });
  await button.click();
  await page.getByRole("alert").getByText("The server cannot be reached.").waitFor();
  await button.click();
  await page.getByRole("status").getByText(/^It came through/).waitFor();
  assert.equal(await page.getByRole("alert").getByText("The server cannot be reached.").count(), 0);
});

test("nothing moves when the tag comes, nor when the connection is there", LIMIT, async (t) => {
  const page = await installing(t);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    /** @type {(() => void)[]} */
    const free = [];
    const held = () => new Promise((resolve) => free.push(() => resolve(undefined)));
    const [tags, stream] = [held(), held()];
    await page.route("**/v1/install", (route) => tags.then(() => route.continue()));
    await page.routeWebSocket("**/v1/stream*", (socket) => void stream.then(() => socket.connectToServer()));
    await page.reload();
    await page.getByText("Connecting…").waitFor();
    const tag = page.getByRole("group", { name: "Tag", exact: true });
    assert.equal(await tag.count(), 0, "what keeps the room is not to be found");
    const places = () => page.locator("main, h1, h2").evaluateAll((parts) => parts.map((part) => `${part.tagName} ${part.getBoundingClientRect().top}`));
    const before = await places();
    for (const go of free) go();
    await tag.waitFor();
    await page.locator("[data-connection=live]").waitFor();
    assert.deepEqual(await places(), before);
    await page.unrouteAll();
  }
});

test("the tag is copied by a press that moves nothing, and where there is no clipboard one is told to copy by hand", LIMIT, async (t) => {
  const page = await installing(t);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const tag = page.getByRole("group", { name: "Tag", exact: true });
  const button = page.getByRole("button", { name: "Copy: Tag" });
  const before = [await tag.boundingBox(), await button.boundingBox()];
  await button.press("Enter");
  await page.getByRole("status").getByText("Copied.", { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await tag.innerText());
  assert.deepEqual([await tag.boundingBox(), await button.boundingBox()], before);
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await button.press("Enter");
  await page.getByRole("status").getByText("copy it by hand").waitFor();
});

test("a page is checked: what is missing and what to do, then that it works, and how its fields are understood", LIMIT, async (t) => {
  const page = await installing(t, { tolerate: [/422.*\/install\/check/] });
  const tag = await page.getByRole("group", { name: "Tag", exact: true }).innerText();
  const { url } = await site(t, { "/": { html: shortForm("") }, "/with": { html: shortForm(tag) } });
  const field = page.getByLabel("Address of a page with a form");
  for (const address of ["ftp://x.test/", "name:word@x.test"]) {
    await field.fill(address);
    await field.press("Enter");
    await page.getByRole("alert").getByText("Want http:// or https:// and a host, without a name or password in it.").waitFor();
    await page.getByRole("button", { name: "Check the page" }).waitFor();
  }
  await field.fill(url);
  await field.press("Enter");
  await page.getByText("It does not work yet.").waitFor();
  await page.locator("[data-code=tag_missing]").getByText("Paste it into the page").waitFor();
  await accessible(page, "a page without the tag");
  await field.fill(`${url}/with`);
  await page.getByRole("button", { name: "Check the page" }).click();
  await page.getByText("It works.").waitFor();
  await page.getByText(/^Form .*: \d fields$/).click();
  await page.getByRole("row", { name: /email/ }).getByRole("cell", { name: "email" }).last().waitFor();
  await accessible(page, "a page with it");
});

test("what a page does stands on the screen as it comes: its session, its form with what was understood, and why it is turned away", LIMIT, async (t) => {
  const page = await installing(t);
  const tag = await page.getByRole("group", { name: "Tag", exact: true }).innerText();
  const { url } = await site(t, { "/": { html: shortForm(tag) } });
  const asked = page.waitForResponse("**/v1/install/seen");
  await page.getByRole("button", { name: "Listen" }).click();
  await asked;
  await page.getByText("Listening. Nothing has come yet.").waitFor();
  const visitor = await person(t, w);
  await askAt(visitor, url, "heard@page.test");
  await visitor.waitForURL("**/thanks");
  const list = page.getByRole("list", { name: "What your pages did" });
  await list.locator("[data-code=page_seen]").getByText(`A page of ${url} asked for a session`).waitFor();
  const sent = list.locator(".finding", { hasText: "The form “quick-demo” was sent".replace(/[“”]/g, '"') });
  await sent.getByText("company, email, name").waitFor();
  await sent.getByText(/kind demo, grade \S\d/).waitFor();
  assert.ok(!(await list.innerText()).includes("heard@page.test"));

  // The same server by another name: a page of an origin that the site does not list.
  await visitor.request.get(`${w.server.url}/v1/sites/demo/boot`, { headers: { Origin: "https://elsewhere.test" } });
  await list.locator("[data-code=page_turned_away]").getByText("https://elsewhere.test").waitFor();
  await accessible(page, "listening");
  await page.getByRole("button", { name: "Stop listening" }).press("Enter");
  await page.getByRole("button", { name: "Listen", exact: true }).waitFor();
  assert.equal(await list.getByRole("listitem").count(), await list.locator("[data-code]").count());
});

test("an empty feed leads whoever may install to the tag", LIMIT, async (t) => {
  await w.server.tool("site", "add", "-name", "New", "-key", "new", "-origin", "https://new.test");
  const email = "ann@new.test";
  const password = await w.server.tool("user", "add", "-site", "new", "-email", email, "-name", "Ann", "-role", "admin");
  const page = await person(t, w, { tolerate: [/401.*\/v1\/session/] });
  await page.goto("/");
  await page.getByLabel("Mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByLabel("Password").press("Enter");
  await page.getByRole("link", { name: "Put the tag into your pages" }).click();
  await page.getByRole("group", { name: "Tag", exact: true }).getByText('data-site="new"').waitFor();
});

test("whoever may not install is not led there, and is told who may", LIMIT, async (t) => {
  const page = await rep(t, w);
  assert.equal(await page.getByRole("link", { name: "Install" }).count(), 0);
  await page.goto("/install");
  await page.getByText("An admin or a marketer of your site").waitFor();
  assert.equal(await page.getByRole("button", { name: "Send a test event" }).count(), 0);
  await accessible(page, "told that somebody else installs");
});

test("headings lead through the screen in order, and the keyboard reaches all that can be pressed, from top to bottom", LIMIT, async (t) => {
  const page = await installing(t);
  assert.deepEqual(await page.getByRole("heading").evaluateAll((all) => all.map((one) => `${one.tagName} ${one.textContent}`)), [
    "H1 Install", "H2 Put the tag into your pages", "H2 Check a page", "H2 Send a test event", "H2 Listen to your pages",
  ]);
  const stops = ["Tag", "Copy: Tag", "A tag for one version alone, with its hash", "Address of a page with a form", "Check the page", "Send a test event", "Listen"];
  /** @type {(string | null | undefined)[]} */
  const reached = [];
  for (let i = 0; i < stops.length; i++) {
    await page.keyboard.press("Tab"); // from the heading, which has the focus of a screen that is new
    reached.push(await page.evaluate(() => {
      const at = /** @type {HTMLInputElement} */ (document.activeElement);
      return at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
    }));
  }
  assert.deepEqual(reached.map((name) => name?.trim()), stops);
});
