// A site that has switched on what is told of forms that were left, a page of it, and somebody who goes.
import { person } from "./harness.mjs";
import { site } from "./pages.mjs";
import { program, until } from "./program.mjs";
import { answer, scored } from "./visitor.mjs";
import { readLong } from "./visits.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {{server: import("./harness.mjs").Server, browser: import("playwright-core").Browser}} World */
/** @typedef {import("./visitor.mjs").Touch & {left: Record<string, number | string>, form_kind: string}} Leave */

/**
 * A page of the site with its form.
 * @param {World} w
 */
export const leavePage = (w, attributes = "", fields = "") => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ask</title>
<script src="${w.server.url}/assay.js" data-site="demo" async></script></head>
<body><h1>Ask us</h1>
<form method="post" action="/thanks" data-assay-form="ask" data-assay-kind="demo" ${attributes}>
<label>Name <input name="name" required></label>
<label>Business mail <input name="email" type="email" required></label>
<label>Password <input name="wish" type="password"></label>
<label>Shoe size <input name="Ada's own shoe size"></label>
<label>Heard <input name="how_heard"></label>
${fields}
<button>Send</button></form>
<label>Elsewhere <input></label>
<p><a href="/next">Next</a></p></body></html>`;
const next = { html: "<!doctype html><title>Next</title><h1>Next</h1>" };

/**
 * Runs first in a page. A browser says nothing of what a page sends while it goes: this notes it. And it has time pass for a
 * form by a word, while the clock of the log goes on as it does, which the server compares with its own.
 */
function prepare() {
  const [send, now] = [window.fetch, performance.now.bind(performance)];
  window.fetch = (address, how) => {
    const body = typeof how?.body === "string" ? how.body : "{}";
    if (JSON.parse(body).type === "leave") sessionStorage.setItem("leaves", `${sessionStorage.getItem("leaves") ?? ""}${body}\n`);
    return send(address, how);
  };
  performance.now = () => now() + +(/** @type {any} */ (window).passed ?? 0);
}

/**
 * The site, for the tests of one file.
 * @param {World} w
 */
export function leavingSite(w) {
  const own = program(w, { leave: true, live: false, answers: ["how_heard"] });

  /**
   * What the store has of pages under an address.
   * @param {string} url
   * @returns {Promise<any[]>}
   */
  const kept = async (url) => {
    const { items } = await own.ask("/v1/leaves?limit=200");
    return items.filter((/** @type {{page: string}} */ { page }) => page.startsWith(url));
  };

  /**
   * Somebody at a page, who goes on to the next.
   * @param {import("node:test").TestContext} t
   * @param {string} html
   * @param {{script?: () => void, browser?: World["browser"]}} [ways]
   */
  async function visitor(t, html, { script, browser = w.browser } = {}) {
    await own.set();
    const { url } = await site(t, { "/": { html }, "/?q=1": { html }, "/next": next, "/thanks": next });
    const at = await person(t, { ...w, browser }, { tolerate: [/favicon/], script });
    await at.addInitScript(prepare);
    await at.goto(url + "/?q=1#top");
    await scored(at);
    return {
      url, at,
      /** What the page has told so far. @type {() => Promise<Leave[]>} */
      told: () => at.evaluate(() => (sessionStorage.getItem("leaves") ?? "").split("\n").filter(Boolean).map((text) => JSON.parse(text))),
      /** Has time pass with a field. @param {number} ms */
      pass: (ms) => at.evaluate((ms) => void (/** @type {any} */ (window).passed = (/** @type {any} */ (window).passed ?? 0) + ms), ms),
      /** Goes on to the next page when a person could, and waits until the store has what was to be told. */
      async go(stored = 1) {
        await readLong(at);
        await at.goto(url + "/next");
        await until(async () => (await kept(url)).length >= stored);
      },
    };
  }
  return { ...own, kept, visitor };
}

/** Does what the module is asked for with, and waits until it is there. @param {Page} at @param {() => Promise<void>} first */
export async function begin(at, first) {
  const asked = at.waitForResponse(async (response) => /\/engine\/\w+\.js$/.test(response.url()) && (await response.text()).includes('"leave"'));
  await first();
  const address = (await asked).url();
  await at.evaluate(async (address) => void (await import(address)), address);
}

/** Puts the focus into a field, the first that has it. @type {(at: Page, label: string) => Promise<void>} */
export const enter = (at, label) => begin(at, () => at.getByLabel(label).focus());

/** Begins with the form: the first field is answered. @param {Page} at */
export async function start(at) {
  await enter(at, "Name");
  await answer(at, ["Name", "Ada"]);
}
