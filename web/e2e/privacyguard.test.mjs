// The page for visitors among strangers: who opens it, who frames it, who asks in its stead; and for people without mouse or eyes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { choices, follow, rated, ratedSite } from "./choices.mjs";
import { LIMIT, person, world } from "./harness.mjs";
import { site } from "./pages.mjs";
import { answerAll, brief, scored } from "./visitor.mjs";

/** @typedef {import("playwright-core").Page} Page */

const w = world();
const QUIET = { tolerate: [/favicon/] };

/**
 * A stranger's page: `open(address)` opens our page, and `answer` becomes what it is told.
 * @param {string} script
 */
const stranger = (script) => ({ html: `<!doctype html><title>Stranger</title><h1>Stranger</h1><script>${script}</script>` });

test("what a stranger's page answers is shown as that page's, as text, and within bounds", LIMIT, async (t) => {
  const { url } = await site(t, {
    "/": stranger(`
      const long = "x".repeat(5000), evil = "<img src=x onerror=alert(1)>\\u202e";
      const many = (n, one) => Array.from({ length: n }, () => one);
      const rating = { fit: 1e9, engagement: -5, grade: "A1", band: "hot" };
      const held = {
        signal: "yes", kept: 1, allowed: true, visitor: evil + long, facts: { [evil]: long, __proto__: { a: "b" } },
        visits: many(1000, { began: 1e300, seconds: "9", referrer: evil, utm: { a: {} }, signals: many(5000, [99, "x"]) }),
        waiting: many(1000, { form: evil, at: long, fields: many(900, long) }), engine: true,
        forms: [{ name: evil, asked: many(900, evil), said: null, rating, rows: many(900, { part: "x", label: evil, points: 1e9 }),
                  changes: many(900, { field: evil, answers: many(900, long), ...rating }) },
                { name: 7, rating: { grade: "<b>" } }, ...many(900, null)],
      };
      window.heard = [];
      addEventListener("message", ({ data, source }) => {
        heard.push(data);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => { heard.push(data); port1.postMessage({ n: data.n, held }); };
        source.postMessage({ assay: "privacy" }, "*", [port2]);
      });`),
  });
  const page = await person(t, w, QUIET);
  await page.goto(url);
  const opening = page.waitForEvent("popup");
  await page.evaluate((address) => void open(address), `${w.server.url}/privacy/demo#key,${url}`);
  const own = await opening;
  await own.getByRole("heading", { name: `What your browser holds for ${url}` }).waitFor();
  assert.equal(await own.locator("#record img, #record script, #record a, #record b").count(), 0);
  const shown = await own.evaluate(() => {
    const record = /** @type {HTMLElement} */ (document.getElementById("record"));
    const longest = Math.max(...[...record.querySelectorAll("*")].filter((e) => !e.children.length).map((e) => e.textContent?.length ?? 0));
    return { text: record.textContent ?? "", longest, forms: record.querySelectorAll(".rated").length, visits: record.querySelectorAll("#standing ~ details").length };
  });
  assert.ok(!/\u202e/.test(shown.text), "nothing turns the text around");
  assert.deepEqual([shown.forms, shown.visits], [10, 9]);
  assert.ok(shown.longest < 8000, `${shown.longest} characters in one place`);
  assert.equal(await own.locator("tfoot td").first().textContent(), "0");
  // Whoever opened it learns that it is there, and what it asks: nothing about anybody.
  const heard = await page.evaluate(() => /** @type {any} */ (window).heard);
  for (const said of heard) {
    assert.deepEqual(Object.keys(said), "ask" in said ? ["ask", "n"] : ["assay", "key"]);
    assert.ok(["read", undefined].includes(said.ask));
  }
});

test("what a stranger sends that is no answer at all leaves the page silent, not broken", LIMIT, async (t) => {
  const { url } = await site(t, {
    "/": stranger(`addEventListener("message", ({ data, source }) => {
      for (const odd of [null, 7, "privacy", { assay: "privacy" }]) source.postMessage(odd, "*");
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => { port1.postMessage(null); port1.postMessage({ n: 77, held: {} }); port1.postMessage({ n: data.n, held: "all" }); };
      source.postMessage({ assay: "privacy" }, "*", [port2]);
    });`),
  });
  const page = await person(t, w, QUIET);
  await page.goto(url);
  const opening = page.waitForEvent("popup");
  await page.evaluate((address) => void open(address), `${w.server.url}/privacy/demo#key,${url}`);
  await (await opening).getByText(/does not answer/).waitFor();
});

test("the form's page answers nobody but the page that its link opened", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const foreign = await site(t, { "/": stranger("") });
  const page = await person(t, w, { tolerate: [/favicon/, /net::ERR_FAILED/] });
  await page.goto(url);
  await scored(page);
  const own = await choices(page);
  const key = await own.evaluate(() => location.hash.slice(1).split(",")[0]);

  /** @type {(address: string, key: string) => Promise<unknown[]>} */
  const told = async (address, key) => {
    const opening = page.waitForEvent("popup");
    await page.evaluate((address) => void Object.assign(window, { other: open(address) }), address);
    const other = await opening;
    await other.waitForLoadState();
    const asked = page.evaluate(() => new Promise((resolve) => addEventListener("message", resolve, { once: true })).then(() => true));
    const heard = other.evaluate((key) => {
      /** @type {unknown[]} */
      const heard = [];
      const done = new Promise((resolve) =>
        addEventListener("message", ({ data, ports }) => (data === "end" ? resolve(heard) : heard.push([data, ports.length]))),
      );
      opener.postMessage({ assay: "privacy", key }, "*");
      return done;
    }, key);
    assert.ok(await asked);
    await page.evaluate(() => /** @type {any} */ (window).other.postMessage("end", "*")); // after any answer
    const all = /** @type {unknown[]} */ (await heard);
    await other.close();
    return all;
  };
  const ours = `${w.server.url}/demo/pricing/`;
  // The key of a window that never came to say so itself: a stranger may have it, and our own page would be answered.
  await page.context().route(/\/privacy\/demo/, (route) => route.abort());
  await (await follow(page)).close();
  const fresh = (await page.getByRole("link", { name: "Your choices" }).getAttribute("href"))?.split(/[#,]/)[1] ?? "";
  await page.context().unroute(/\/privacy\/demo/);
  assert.notEqual(fresh, key);
  assert.deepEqual(await told(foreign.url, fresh), [], "another origin, with a key");
  assert.deepEqual(await told(ours, "guess"), [], "our origin, with no key");
  assert.deepEqual(await told(ours, key), [], "our origin, with the key of a window that has it already");
  assert.deepEqual(await told(ours, fresh), [[{ assay: "privacy" }, 1]], "the one that it is meant for");
  await own.reload();
  await own.getByRole("heading", { name: "What your browser holds" }).waitFor();
});

test("a stranger's page around the form's is neither asked nor believed, however quick it is", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const foreign = await site(t, {
    "/": stranger(`
      window.heard = [];
      const answer = (to) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => port1.postMessage({ n: data.n, held: { visitor: "forged" } });
        to.postMessage({ assay: "privacy" }, "*", [port2]);
      };
      addEventListener("message", ({ data, source }) => { heard.push(data); answer(source); });
      window.onload = () => { document.body.innerHTML = '<iframe width="900" height="700" src="${url}"></iframe>'; };`),
  });
  const page = await person(t, w, QUIET);
  await page.goto(foreign.url);
  const opening = page.waitForEvent("popup");
  await page.frameLocator("iframe").getByRole("link", { name: "Your choices" }).click();
  const own = await opening;
  await own.getByRole("heading", { name: `What your browser holds for ${url}` }).waitFor();
  await own.getByRole("heading", { name: "Form quick-demo" }).waitFor();
  assert.equal(await own.getByText("forged").count(), 0);
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).heard), []);
});

test("a link that names no origin, or none that a page can have, asks nobody", LIMIT, async (t) => {
  const { url } = await site(t, { "/": stranger("window.heard = []; addEventListener('message', ({ data }) => heard.push(data));") });
  const page = await person(t, w, QUIET);
  await page.goto(url);
  for (const named of ["", ",", ",null", ",*", `,${url}/`, ",javascript:alert(1)"]) {
    const opening = page.waitForEvent("popup");
    await page.evaluate((address) => void open(address), `${w.server.url}/privacy/demo#key${named}`);
    const own = await opening;
    await own.getByText(/only when you open it from the form/).waitFor();
    await own.close();
  }
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).heard), []);
});

test("our page is framed by nobody, and its policy lets nothing else in", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: `<!doctype html><title>Frame</title><iframe src="${w.server.url}/privacy/demo#key"></iframe>` } });
  const page = await person(t, w, { tolerate: [/favicon/, /frame-ancestors|X-Frame-Options|chrome-error|Refused to/i] });
  const answered = page.waitForResponse(/\/privacy\/demo/);
  await page.goto(url);
  const headers = (await answered).headers();
  assert.match(headers["content-security-policy"], /^default-src 'none'; script-src 'self'; style-src 'self';.* frame-ancestors 'none'; require-trusted-types-for 'script'/);
  assert.equal(await page.frames()[1]?.getByText("How your enquiry is rated").count(), 0);
});

test("a page that cuts itself off from what it opens (COOP) leaves ours to say where it must be opened from", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: rated(w.server.url), headers: { "Cross-Origin-Opener-Policy": "same-origin" } } });
  const page = await person(t, w, QUIET);
  await page.goto(url);
  const opening = page.context().waitForEvent("page");
  await page.getByRole("link", { name: "Your choices" }).click();
  await (await opening).getByText(/only when you open it from the form/).waitFor();
});

test("under a strict policy with Trusted Types on the form's page it is answered as well", LIMIT, async (t) => {
  const host = w.server.url;
  const policy = `default-src 'none'; script-src ${host} 'wasm-unsafe-eval'; connect-src ${host}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const { url } = await site(t, { "/": { html: rated(host), headers: { "Content-Security-Policy": policy } } });
  const page = await person(t, w, QUIET);
  await page.goto(url);
  await scored(page);
  await (await choices(page)).getByText(/^Grade /).waitFor();
});

test("where the answering module is blocked the form works, and our page says that nobody answers", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const page = await person(t, w, { tolerate: [/favicon/, /net::ERR_FAILED/] });
  await page.goto(url);
  await page.getByRole("link", { name: "Your choices" }).waitFor();
  await page.route(/\/engine\/\w+\.js$/, (route) => route.abort());
  await (await follow(page)).getByText(/does not answer/).waitFor();
  await page.bringToFront();
  await answerAll(page, brief("gina@blocked.test"));
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL("**/thanks");
});

test("axe-core finds nothing, in all states, light, dark, narrow and from right to left; nothing is wider than a phone", LIMIT, async (t) => {
  const direct = await person(t, w);
  await direct.goto("/privacy/demo");
  await direct.getByText(/only when you open it from the form/).waitFor();
  await accessible(direct, "opened by itself");
  const { url } = await ratedSite(t, w.server.url);
  const page = await person(t, w, QUIET);
  await page.goto(url);
  await answerAll(page, brief("hugh@hollis.test"));
  const own = await choices(page);
  await own.locator("details").evaluateAll((all) => all.forEach((one) => (/** @type {HTMLDetailsElement} */ (one).open = true)));
  await accessible(own, "light");
  await own.emulateMedia({ colorScheme: "dark" });
  await own.setViewportSize({ width: 320, height: 700 });
  const lines = await own.getByRole("columnheader", { name: "Points" }).evaluateAll((cells) => cells.map((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getClientRects().length;
  }));
  assert.deepEqual(lines, [1, 1], "no word of a table's head is broken");
  await accessible(own, "dark and narrow");
  const wide = () => own.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok((await wide()) <= 0);
  await own.evaluate(() => (document.documentElement.dir = "rtl"));
  assert.ok((await wide()) <= 0, "from right to left");
  await accessible(own, "from right to left");
  await own.getByRole("button", { name: "Object to being rated" }).click();
  await own.getByText("Done:").waitFor();
  await accessible(own, "objected");
});

test("headings lead through the page in order, and the keyboard reaches all that can be pressed, from top to bottom", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const page = await person(t, w, QUIET);
  await page.goto(url);
  await answerAll(page, brief("iris@hollis.test"));
  const own = await choices(page);
  assert.deepEqual(await own.getByRole("heading").evaluateAll((all) => all.map((one) => `${one.tagName} ${one.textContent}`)), [
    "H1 How your enquiry is rated", `H2 What your browser holds for ${url}`, "H3 Your visits", "H2 The rating it made",
    "H3 Form quick-demo", "H2 Your choices", "H2 From what", "H2 What leaves your browser", "H2 What happens then", "H2 Whom to ask",
  ]);
  /** @type {string[]} */
  const reached = [];
  for (let i = 0; i < 4; i++) {
    await own.keyboard.press("Tab");
    reached.push(await own.evaluate(() => document.activeElement?.textContent?.replace(/^.*: \d+ things noted/, "a visit") ?? ""));
  }
  assert.deepEqual(reached, ["a visit", "Which answers would change it", "Object to being rated", "Delete what is held"]);
  await own.keyboard.press("Space");
  await own.getByText("Done: what was held is deleted.").waitFor();
});
