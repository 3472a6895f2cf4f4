// Other people's pages: under a strict policy, with scripts of their own, with the tag in twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { leadOf, onlyAlert } from "./feed.mjs";
import { LIMIT, person, rep, world } from "./harness.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { answerAll, askAt, brief, collectTouches, onlyTouch, scored, takeTime } from "./visitor.mjs";

const w = world();

/** @type {(host: string, wasm: string) => Record<string, string>} */
const policy = (host, wasm) => ({
  "Content-Security-Policy": `default-src 'none'; script-src ${host} ${wasm}; connect-src ${host}`,
});

for (const [wasm, title] of [
  ["'wasm-unsafe-eval'", "a page with the strict policy that the contract names"],
  ["", "a page whose policy allows no WebAssembly: the form works, and the server scores"],
]) {
  test(title, LIMIT, async (t) => {
    const email = wasm ? "strict@csp.test" : "stricter@csp.test";
    const host = w.server.url;
    const feed = await rep(t, w);
    const { url, posts } = await site(t, {
      "/": { html: shortForm(tag(host)), headers: policy(host, wasm) },
      "/thanks": { html: "<!doctype html><title>Thanks</title><h1>Thanks</h1>", headers: policy(host, wasm) },
    });
    const page = await person(t, w, { tolerate: wasm ? [] : [/CSP: script-src wasm-eval/, /WebAssembly.*violates/] });
    const touches = collectTouches(page);
    const engine = page.waitForResponse("**/engine/**");
    await page.goto(url);
    await engine;
    if (wasm) await scored(page);
    await answerAll(page, brief(email));
    await takeTime(page);
    assert.equal(await page.locator("form[data-assay-band]").count(), wasm ? 1 : 0, "a band where an engine may run");
    await page.getByRole("button", { name: "Send" }).click();
    await page.waitForURL("**/thanks");

    const alert = await onlyAlert(feed, email);
    assert.equal(posts.length, 1, "the page's own submit");
    const { visits } = onlyTouch(touches);
    assert.equal(wasm ? visits[0].signals : visits[0].evidence, undefined);
    const lead = await leadOf(feed, alert.lead);
    assert.equal(lead.verdict, "verified", JSON.stringify(lead.touches));
    assert.equal(lead.page, `${url}/`);
  });
}

/** Runs on the page: its own way of sending, as frameworks do it. */
const ownWay = `<script>
addEventListener("DOMContentLoaded", () => {
  document.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    await fetch("/own", { method: "POST", body: new URLSearchParams(new FormData(form)) });
    document.querySelector("h1").textContent = "Sent by the page";
    form.reset();
  });
});
</script>`;

test("a page that sends by itself keeps its way, and one touch arrives", LIMIT, async (t) => {
  const email = "own@way.test";
  const feed = await rep(t, w);
  const { url, posts } = await site(t, { "/": { html: shortForm(ownWay + tag(w.server.url)) } });
  const page = await person(t, w);
  const touches = collectTouches(page);
  await askAt(page, url, email);
  await page.getByText("Sent by the page").waitFor();

  await onlyAlert(feed, email);
  assert.equal(page.url(), `${url}/`, "the page stays");
  const said = new URLSearchParams(posts[0].body);
  assert.deepEqual(Object.fromEntries(said), { name: "Ben Hollis", company: "Hollis", email });
  assert.deepEqual(posts.map(({ path }) => path), ["/own"], "the page's own request, once, and no other");
  onlyTouch(touches);
});

test("the tag twice: one warning, one visit, one touch", LIMIT, async (t) => {
  const email = "twice@tag.test";
  const feed = await rep(t, w);
  const { url } = await site(t, { "/": { html: shortForm(tag(w.server.url) + tag(w.server.url)) } });
  const page = await person(t, w);
  const touches = collectTouches(page);
  /** @type {string[]} */
  const warnings = [];
  let boots = 0;
  page.on("console", (message) => void (message.type() === "warning" && warnings.push(message.text())));
  page.on("request", (request) => void (request.url().includes("/boot") && boots++));
  await askAt(page, url, email);
  await page.waitForURL("**/thanks");

  const alert = await onlyAlert(feed, email);
  assert.deepEqual(warnings, ["assay: loaded twice"]);
  assert.equal(boots, 1);
  assert.equal(onlyTouch(touches).visits.length, 1);
  const lead = await leadOf(feed, alert.lead);
  const viewed = lead.ledger.find((/** @type {any} */ { label }) => label === "Viewed other pages");
  assert.equal(viewed.points, 1, "one page, viewed once");
});
