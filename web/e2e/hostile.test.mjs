// Pages and browsers that get in the widget's way: names that hide a form's own, a full storage, a broken record, a broken fetch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, person, world } from "./harness.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { answerAll, brief, collectTouches, onlyTouch, scored } from "./visitor.mjs";

const w = world();

/** @type {(fields: string) => string} */
const withFields = (fields) => shortForm(tag(w.server.url)).replace("<button>Send</button>", `${fields}<button>Send</button>`);

test("fields and images whose names hide a form's and the page's own: the submit is heard", LIMIT, async (t) => {
  const names = ["matches", "id", "dataset", "action", "elements", "name"];
  const fields = names.map((name) => `<input name="${name}" aria-label="${name}">`).join("") + `<img name="forms" alt="">`;
  const { url, posts } = await site(t, { "/": { html: withFields(fields) } });
  const page = await person(t, w, { tolerate: [/favicon/] });
  const touches = collectTouches(page);
  await page.goto(url);
  await scored(page);
  await answerAll(page, brief("clobbered@hostile.test"));
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL("**/thanks");
  assert.equal(posts.length, 1);
  assert.equal(onlyTouch(touches).profile.email, "clobbered@hostile.test");
});

test("a button and an answer are never hidden, and what nobody needs is", LIMIT, async (t) => {
  const part = `data-assay-show="hot"`;
  const fields = `<p id="whole" ${part}><button>Go</button></p><button id="self" ${part}>Go</button>
    <p id="answered" ${part}><input type="checkbox" name="more" checked></p><p id="extra" ${part}>Extra</p>`;
  const { url } = await site(t, { "/": { html: withFields(fields) } });
  const page = await person(t, w, { tolerate: [/favicon/] });
  await page.goto(url);
  await scored(page, "cold");
  await page.locator("#extra").waitFor({ state: "hidden" }); // by what is loaded for it
  const hidden = await page.evaluate(() => ["whole", "self", "answered", "extra"].filter((id) => document.getElementById(id)?.hidden));
  assert.deepEqual(hidden, ["extra"]);
});

test("codes are never read, and a text that is no mail address does not cost the lead", LIMIT, async (t) => {
  const fields = `<input name="phone_verification_code" value="123456"><input type="tel" name="sms_code" value="4711"><input name="otp_challenge" value="99">`;
  const html = withFields(fields).replace(`type="email"`, "").replace("<form", `<form data-assay-submit="ajax"`); // the answer is awaited
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, { tolerate: [/favicon/] });
  const touches = collectTouches(page);
  await page.goto(url);
  await scored(page);
  await answerAll(page, brief("nobody at home"));
  const answer = page.waitForResponse("**/v1/touches");
  await page.getByRole("button", { name: "Send" }).click();
  assert.equal((await answer).status(), 202);
  assert.deepEqual(onlyTouch(touches).profile, { name: "Ben Hollis", company: "Hollis" });
});

for (const [what, record] of [["visits that are no list", { visits: null }], ["a touch that is none", { visits: [], waiting: 7 }], ["a number", 7]]) {
  test(`a broken record, ${what}: the page scores and sends`, LIMIT, async (t) => {
    const { url } = await site(t, { "/": { html: withFields("") } });
    const page = await person(t, w, { tolerate: [/favicon/] });
    const touches = collectTouches(page);
    await page.route(url, (route) => route.fulfill({ contentType: "text/html", body: "<title>Before</title>" }));
    await page.goto(url);
    await page.evaluate((text) => localStorage.setItem("assay.demo", text), JSON.stringify(record));
    await page.unroute(url);
    await page.goto(url);
    await scored(page);
    await answerAll(page, brief("broken@hostile.test"));
    await page.getByRole("button", { name: "Send" }).click();
    await page.waitForURL("**/thanks");
    assert.equal(onlyTouch(touches).visits.length, 1);
  });
}

test("a storage that is full: memory alone keeps every signal", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: withFields("") } });
  const page = await person(t, w, { tolerate: [/favicon/] });
  const touches = collectTouches(page);
  await page.goto(url);
  await scored(page);
  await page.waitForFunction(() => localStorage.getItem("assay.demo"));
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await answerAll(page, brief("full@hostile.test"));
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL("**/thanks");
  const [{ evidence = "" }] = onlyTouch(touches).visits;
  // Version, page view, form view, form start, three answers, submit: two bytes each at least.
  assert.ok(atob(evidence.replaceAll("-", "+").replaceAll("_", "/")).length > 14, "nothing was lost");
  assert.equal(await page.evaluate(() => JSON.parse(localStorage.getItem("assay.demo") ?? "{}").waiting?.length ?? 0), 0);
});

test("a fetch that throws: no rejection of ours reaches the page", LIMIT, async (t) => {
  const broken = `<script>
    window.rejections = [];
    addEventListener("unhandledrejection", ({ reason }) => rejections.push(String(reason)));
    window.fetch = () => { throw new TypeError("no"); };
  </script>`;
  const html = shortForm(broken + tag(w.server.url)).replace("<form", `<form data-assay-submit="ajax"`);
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, { tolerate: [/favicon/] });
  await page.goto(url);
  await answerAll(page, brief("thrown@hostile.test"));
  const failed = page.evaluate(() => new Promise((resolve) => addEventListener("assay:error", () => setTimeout(resolve), true)));
  await page.getByRole("button", { name: "Send" }).click();
  await failed;
  assert.deepEqual(await page.evaluate("rejections"), []);
});

test("a failed submit without a page of its own is sent again by another press, as the same touch", LIMIT, async (t) => {
  const html = shortForm(tag(w.server.url)).replace("<form", `<form data-assay-submit="ajax"`);
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, { tolerate: [/favicon/, /net::ERR_FAILED/] });
  const touches = collectTouches(page);
  await page.goto(url);
  await scored(page);
  await answerAll(page, brief("again@hostile.test"));
  /** @type {(name: string) => Promise<unknown>} */
  const press = async (name) => {
    const told = page.evaluate((name) => new Promise((resolve) => addEventListener(name, () => resolve(1), true)), name);
    await page.getByRole("button", { name: "Send" }).click();
    return told;
  };
  await page.route("**/v1/touches", (route) => route.abort());
  await press("assay:error");
  await page.unroute("**/v1/touches");
  await press("assay:submitted");
  assert.equal(touches.length, 2);
  onlyTouch(touches);
});
