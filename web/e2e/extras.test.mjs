// What few pages use comes as a module of its own, where policies are strict too, and is not missed by a form.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, person, world } from "./harness.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { answerAll, brief, collectTouches, onlyTouch } from "./visitor.mjs";

const w = world();
const noticed = () => shortForm(tag(w.server.url)).replace("<button>", "<p data-assay-notice></p><button>");

test("under a strict policy with Trusted Types a notice is filled in, from a file that is kept for ever", LIMIT, async (t) => {
  const host = w.server.url;
  const policy = `default-src 'none'; script-src ${host} 'wasm-unsafe-eval'; connect-src ${host}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const { url } = await site(t, { "/": { html: noticed(), headers: { "Content-Security-Policy": policy } } });
  const page = await person(t, w);
  const loaded = page.waitForResponse(/\/engine\/\w+\.js$/);
  await page.goto(url);
  assert.equal(await page.getByRole("link", { name: "Your choices" }).getAttribute("href"), `${host}/privacy/demo`);
  assert.match((await loaded).headers()["cache-control"], /immutable/);
});

test("on a page that reads from the right a notice is told to be English, in its own order and on the page's side", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: noticed().replace(`lang="en"`, `lang="ar" dir="rtl"`) } });
  const page = await person(t, w, { tolerate: [/favicon/] });
  await page.goto(url);
  const part = page.locator("[data-assay-notice] > span");
  await part.waitFor();
  assert.deepEqual([await part.getAttribute("lang"), await part.getAttribute("dir")], ["en", "ltr"]);
  const { sides, order } = await part.evaluate((text) => {
    const [own, around] = [text.getBoundingClientRect(), /** @type {Element} */ (text.parentElement).getBoundingClientRect()];
    const range = document.createRange();
    const at = (/** @type {number} */ i) => (range.setStart(/** @type {Node} */ (text.firstChild), i), range.setEnd(/** @type {Node} */ (text.firstChild), i + 1), range.getBoundingClientRect().left);
    return { sides: [own.right === around.right, own.left > around.left], order: [0, 40, 74].map(at) };
  });
  assert.deepEqual(sides, [true, true], "it stands where the page begins");
  assert.deepEqual(order, [...order].sort((a, b) => a - b), "its full stop at its end");
});

test("what is no link, and leads to a file all the same, keeps what is in it", LIMIT, async (t) => {
  const parts = `<link rel="alternate" href="/all.pdf"><my-button href="/all.pdf">All of it</my-button><button download>Save</button>
    <svg viewBox="0 0 9 9"><a href="/all.pdf"><text>Drawn</text></a></svg>`;
  const { url } = await site(t, { "/": { html: noticed().replace("<form", `<div id="files">${parts}</div><form`) } });
  const page = await person(t, w, { tolerate: [/favicon/] });
  await page.goto(url);
  await page.getByRole("link", { name: "Your choices" }).waitFor(); // it comes after them
  const [kept, before] = await page.locator("#files").evaluate((files, parts) => {
    const before = document.createElement("div");
    before.innerHTML = parts;
    return [files.innerHTML, before.innerHTML];
  }, parts);
  assert.equal(kept, before);
});

test("a page without such parts does not ask for it; where it is blocked, the form is sent and a touch arrives", LIMIT, async (t) => {
  await w.server.tool("site", "add", "-name", "Plain", "-key", "plain", "-origin", "http://localhost:*", "-consent", "not-required");
  const plain = shortForm(tag(w.server.url).replace(`"demo"`, `"plain"`)); // a site that has switched on nothing
  const { url, posts } = await site(t, { "/": { html: noticed() }, "/plain": { html: plain } });
  const page = await person(t, w, { tolerate: [/favicon/, /net::ERR_FAILED/] });
  const touches = collectTouches(page);
  let asked = 0;
  await page.route(/\/engine\/\w+\.js$/, (route) => (asked++, route.abort()));
  await page.goto(`${url}/plain`);
  await page.locator("form[data-assay-band]").waitFor();
  assert.equal(asked, 0);
  await page.goto(url);
  await answerAll(page, brief("less@extras.test"));
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL("**/thanks");
  assert.deepEqual([asked, posts.length], [1, 1]);
  assert.equal(onlyTouch(touches).profile.email, "less@extras.test");
});
