// The README's pictures: `make record`. Drives the live demo as a visitor and as a rep, and keeps what they see.
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { waitForAlert } from "./feed.mjs";
import { live, person, rep, startBrowser, startServer } from "./harness.mjs";
import { film, holdAnimations } from "./record/film.mjs";
import { promising, scored } from "./visitor.mjs";

/** @typedef {import("playwright-core").Frame} Frame */
/** @typedef {{server: import("./harness.mjs").Server, browser: import("playwright-core").Browser}} World */

const MEDIA = fileURLToPath(new URL("../media/", import.meta.url));
const SIZE = { width: 1280, height: 760 };
const EMAIL = "ada.marlow@northbeck.test";
/** The film: its width in pixels, and what it may weigh. */
const WIDTH = 900;
const BYTES = 1_500_000;
/** Characters typed from one still to the next, and how long it stands. */
const CHARACTERS = 4;
const TYPED = 90;

/** @type {(() => Promise<void>)[]} */
const closing = [];
/** What the harness's people need of a test. */
const t = /** @type {import("node:test").TestContext} */ (
  /** @type {unknown} */ ({ after: (/** @type {() => Promise<void>} */ fn) => closing.push(fn) })
);

/** @type {(w: World) => Promise<void>} */
async function recordLive(w) {
  const page = await person(t, w, { script: holdAnimations });
  await page.setViewportSize(SIZE);
  await page.goto(w.server.link);
  await live(page);
  const { still, glide, write } = await film(page);
  const site = /** @type {Frame} */ (page.frame("demo-site"));
  await site.getByRole("link", { name: "Book a demo" }).first().waitFor();
  await still(900);

  await page.getByRole("navigation", { name: "Pages of the demo site" }).getByText("Book a demo").click();
  await site.waitForURL("**/demo/book-a-demo/");
  await scored(site, "cold");
  await glide(600);
  for (const [label, value] of promising(EMAIL)) {
    const field = site.getByLabel(label, { exact: true });
    await field.evaluate((element) => element.scrollIntoView({ block: "center" }));
    await field.focus();
    if (await field.evaluate((element) => element instanceof HTMLSelectElement)) await field.selectOption(value);
    else {
      for (let i = 0; i < value.length; i += CHARACTERS) {
        await field.pressSequentially(value.slice(i, i + CHARACTERS));
        await still(TYPED);
      }
    }
    const told = site.evaluate(() => new Promise((resolve) => addEventListener("assay:score", resolve, { once: true })));
    await field.press("Tab");
    await told;
    await glide(280);
  }
  await scored(site, "hot");
  await site.locator("form [type=submit]").evaluate((element) => element.scrollIntoView({ block: "center" }));
  await site.locator("form [type=submit]").focus();
  await still(900);

  await site.locator("form [type=submit]").click();
  await site.waitForURL("**/demo/thanks/");
  const alert = await waitForAlert(page, EMAIL);
  await page.locator("[data-crossing=arrived]").waitFor();
  await glide(2000);
  await page.screenshot({ path: `${MEDIA}live.png` });
  await alert.getByRole("button", { name: "Claim" }).click();
  await alert.getByText("You have it").waitFor();
  await glide(1800);
  const ms = await write(`${MEDIA}live.gif`, WIDTH);
  const { size } = await stat(`${MEDIA}live.gif`);
  console.log(`live.gif: ${(ms / 1000).toFixed(1)} s, ${size} bytes`);
  if (size > BYTES) throw new Error(`live.gif may weigh ${BYTES} bytes`);
}

/** People whose asks the feed shows, the newest last, and what their visits show: signals at a second each. */
const PEOPLE = [
  { signals: [28], form: "quick-demo", profile: { email: "ben@hollis.test", name: "Ben Hollis", company: "Hollis" } },
  { signals: [5, 20, 28], form: "book-a-demo", profile: { email: "ivo.lang@langtools.test", name: "Ivo Lang", company: "Lang Tools",
    role: "Planning manager", company_size: "51-200", industry: "wholesale", country: "NL", need: "Orders come too late", timing: "3_to_6_months" } },
  { signals: [2, 4, 20, 28], form: "book-a-demo", profile: { email: EMAIL, name: "Ada Marlow", company: "Northbeck", phone: "+49 30 23125 014",
    role: "Head of supply", company_size: "201-500", industry: "manufacturing", country: "DE", need: "Stock runs out", timing: "under_3_months" } },
];

/** @type {(server: string, of: typeof PEOPLE[number]) => Promise<void>} */
async function arrive(server, { signals, form, profile }) {
  const { session } = await (await fetch(`${server}/v1/sites/demo/boot`)).json();
  const touch = {
    id: crypto.randomUUID(), type: "submit", site: "demo", at: new Date().toISOString(), form, page: `${server}/demo/${form}/`,
    profile, visits: [{ session, signals: signals.map((kind) => [kind, 0]) }],
  };
  const answer = await fetch(`${server}/v1/touches`, { method: "POST", body: JSON.stringify(touch) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** @type {(w: World) => Promise<void>} */
async function pictureFeed(w) {
  const page = await rep(t, w);
  await page.setViewportSize({ ...SIZE, height: 900 });
  for (const one of PEOPLE) {
    await arrive(w.server.url, one);
    await waitForAlert(page, one.profile.email);
  }
  const colleague = await rep(t, w, { who: "rep2" });
  const theirs = await waitForAlert(colleague, PEOPLE[1].profile.email);
  await theirs.getByRole("button", { name: "Claim" }).click();
  await page.getByText("Second demo rep has it").waitFor();
  await page.locator("tr[data-lead-id]", { hasText: "Second demo rep" }).waitFor();
  await page.screenshot({ path: `${MEDIA}feed.png`, animations: "disabled" });
}

const [server, browser] = await Promise.all([startServer(), startBrowser()]);
await recordLive({ server, browser });
const sampled = await startServer("-demo-samples=300");
await pictureFeed({ server: sampled, browser });
for (const close of closing) await close();
await browser.close();
await Promise.all([server.stop(), sampled.stop()]);
