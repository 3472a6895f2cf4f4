// What a site's settings alone decide, on pages without any markup of ours: which forms are meant and of what kind, what a page
// is, and which answers go along.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, person, world } from "./harness.mjs";
import { site, tag } from "./pages.mjs";
import { program } from "./program.mjs";
import { recipeFor } from "./recipes.mjs";
import { answer, collectTouches, onlyTouch, scored, takeTime } from "./visitor.mjs";
import { SIGNAL, soFar } from "./visits.mjs";

/** @typedef {import("playwright-core").Page} Page */

const w = world();
const quiet = { tolerate: [/favicon/] };
const own = program(w);

/** Forms as two plugins of WordPress have them, and one that nobody named. */
const post = `<form class="search" action="/search"><label>Search <input name="email"></label><button>Find</button></form>
<form class="wpcf7-form init" method="post" action="/in"><label>Name <input name="your-name"></label> <label>Mail <input type="email" name="your-email"></label>
<label>Heard <input name="heard"></label><label>Colour <input name="colour"></label><input type="submit" value="Ask"></form>
<form id="gform_7" method="post" action="/in"><label>Your mail <input type="email" name="input_2"></label>
<input type="submit" value="Subscribe"></form>`;

/** The line that the recipe for WordPress puts into each head. */
const head = () => /echo '(<script .*<\/script>)'/.exec(recipeFor(w.server.url, "WordPress", "php"))?.[1] ?? "";

test("WordPress by its recipe: forms of two plugins by selector alone, each of its kind; what nobody named is let alone", LIMIT, async (t) => {
  await own.set({
    forms: {
      odd: { kind: "other", selector: "form:is(" }, // that no browser knows
      contact: { kind: "quote", selector: "form.wpcf7-form" },
      news: { kind: "subscription", selector: `form[id^="gform_"]` },
    },
    answers: ["heard"],
  });
  const { url, posts } = await site(t, { "/": { html: `<!doctype html><html lang="en"><head><title>Post</title>${head()}</head><body>${post}` } });
  const page = await person(t, w, quiet);
  const touches = collectTouches(page);
  await page.goto(url);
  await page.locator(".wpcf7-form[data-assay-band]").waitFor();
  await page.locator("#gform_7[data-assay-band]").waitFor();
  await answer(page, ["Search", "nobody@search.test"]);
  assert.ok(!(await soFar(page)).some((code) => code === SIGNAL.begun || code === SIGNAL.started), "a search is no enquiry that is begun");
  await page.getByRole("button", { name: "Find" }).click();
  await page.waitForURL("**/search*");

  await page.goto(url);
  await scored(page);
  for (const one of /** @type {[string, string][]} */ ([["Name", "Ann Berg"], ["Mail", "ann@press.test"], ["Heard", "A friend"], ["Colour", "Red"]])) await answer(page, one);
  await takeTime(page);
  await page.getByRole("button", { name: "Ask" }).click();
  await page.waitForURL("**/in");
  const asked = /** @type {any} */ (onlyTouch(touches));
  assert.deepEqual([asked.form, asked.form_kind, asked.profile, asked.answers], ["contact", "quote", { name: "Ann Berg", email: "ann@press.test" }, { heard: "A friend" }]);

  touches.length = 0;
  await page.goto(url);
  await scored(page);
  await answer(page, ["Your mail", "ann@news.test"]);
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.waitForURL("**/in");
  const subscribed = /** @type {any} */ (touches.find(({ form }) => form === "news"));
  assert.deepEqual([subscribed.form_kind, subscribed.profile], ["subscription", { email: "ann@news.test" }]);
  assert.deepEqual(posts.map(({ body }) => body), ["your-name=Ann+Berg&your-email=ann%40press.test&heard=A+friend&colour=Red", "input_2=ann%40news.test"]);
});

test("Webflow by its recipe: the plain tag, and attributes on the form; the kind in the settings outranks the page's", LIMIT, async (t) => {
  await own.set({ forms: { "wf-ask": { kind: "subscription" } } });
  const html = `<!doctype html><html lang="en" data-wf-page="1"><head><title>Flow</title>${tag(w.server.url)}</head><body><div class="w-form">
    <form id="wf-form-Ask" method="post" action="/in" class="w-form" data-assay-form="wf-ask" data-assay-kind="demo"><label>Mail <input class="w-input" type="email" name="Email-2"></label><button>Send</button></form></div>`;
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, quiet);
  const touches = collectTouches(page);
  await page.goto(url);
  await scored(page);
  await answer(page, ["Mail", "ann@flow.test"]);
  const begun = (await soFar(page)).filter((code) => code === SIGNAL.begun || code === SIGNAL.started);
  assert.deepEqual(begun, [SIGNAL.begun], "no ask, since the site says that it is a subscription");
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL("**/in");
  const touch = /** @type {any} */ (onlyTouch(touches));
  assert.deepEqual([touch.form, touch.form_kind, touch.profile], ["wf-ask", "subscription", { email: "ann@flow.test" }]);
});

test("what a page is, by the site's own rules: the first that fits; careers cost engagement, a comparison earns some", LIMIT, async (t) => {
  await own.set({
    pages: [
      { signal: "careers_viewed", path: "/company/jobs" }, { signal: "story_viewed", path: "/company" }, { signal: "pricing_viewed", path: "/preise" },
      { signal: "comparison_viewed", path: "-vs-" }, { signal: "docs_viewed", path: "/hilfe/" }, { signal: "plan_viewed", path: "#/plans/" },
    ],
  });
  const html = `<!doctype html><title>Page</title>${tag(w.server.url)}<form data-assay-form="ask" data-assay-kind="demo"><input name="email" aria-label="Mail"></form>`;
  const paths = { "/preise": "pricing", "/us-vs-them": "comparison", "/company/team": "story", "/hilfe/start": "docs", "/company/jobs/7": "careers", "/demo/pricing": "page" };
  const { url } = await site(t, Object.fromEntries(["/", ...Object.keys(paths)].map((path) => [path, { html }])));
  const page = await person(t, w, quiet);
  /** The score that a page begins with. @type {(path: string) => Promise<number>} */
  const engagement = async (path) => {
    await page.addInitScript(() => addEventListener("assay:score", (event) => Object.assign(window, { said: /** @type {any} */ (event).detail }), true));
    await page.goto(url + path);
    await page.waitForFunction(() => "said" in window);
    return page.evaluate(() => /** @type {any} */ (window).said.engagement);
  };
  let before = await engagement("/");
  const wanted = [SIGNAL.page];
  for (const [path, what] of Object.entries(paths)) {
    const now = await engagement(path);
    wanted.push(/** @type {Record<string, number>} */ (SIGNAL)[what]);
    const viewed = (await soFar(page)).filter((code) => code <= SIGNAL.careers);
    assert.deepEqual(viewed, wanted, path);
    if (what === "careers") assert.ok(now < before, `${before} before the careers page, ${now} with it`);
    else if (what !== "page") assert.ok(now >= before && (what !== "comparison" || now > before), `${before} before ${path}, ${now} with it`);
    before = now;
  }
  await page.evaluate("location.hash = '#/plans/large'");
  assert.equal((await soFar(page)).at(-1), SIGNAL.plan, "a route within the page is a page, too");
});
