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
