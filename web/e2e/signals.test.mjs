// What a visit's signals say, and what they do not: each is caused as visitors and pages cause it, and read from the browser's record.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, person, startBrowser, world } from "./harness.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { answer, answerAll, brief, collectTouches, onlyTouch, scored } from "./visitor.mjs";
import { SIGNAL, soFar, submitAnswered, visits } from "./visits.mjs";

/** @typedef {import("playwright-core").Page} Page */

const w = world();
const quiet = { tolerate: [/favicon/] };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const form = () => ({ html: shortForm(tag(w.server.url)) });
const ajax = () => ({ html: form().html.replace("<form", `<form data-assay-submit="ajax"`) });
const text = () => ({ html: `<!doctype html><title>Text</title>${tag(w.server.url)}<h1>Text</h1><a href="/next">Next</a>` });

/** @type {(codes: number[], ...wanted: number[]) => number[]} */
const only = (codes, ...wanted) => codes.filter((code) => wanted.includes(code));

test("views in a page that changes its address: paths and routes count once each, places and queries do not", LIMIT, async (t) => {
  const { url } = await site(t, { "/": text() });
  const page = await person(t, w, quiet);
  await page.goto(url);
  /** @type {(change: string) => Promise<number[]>} */
  const after = async (change) => {
    const known = (await soFar(page)).length;
    await page.evaluate(change);
    return (await soFar(page)).slice(known);
  };
  assert.deepEqual(await soFar(page), [SIGNAL.page]);
  for (const [change, codes] of /** @type {[string, number[]][]} */ ([
    ["location.hash = 'section'", []],
    ["history.replaceState(0, '', '?sort=price')", []],
    ["history.pushState(0, '', '/?sort=name')", []],
    ["location.hash = '#/plans'", [SIGNAL.page]],
    ["history.replaceState(0, '', '#/plans')", []],
    ["location.hash = '#!docs'", [SIGNAL.page]],
    ["location.hash = '#/demo/pricing'", [SIGNAL.pricing]],
    ["history.pushState(0, '', '/about')", [SIGNAL.page]],
    ["history.pushState(0, '', '/demo/docs/start')", [SIGNAL.docs]],
    ["history.replaceState(0, '', '/en/demo/pricing/')", [SIGNAL.pricing]],
    ["history.back()", [SIGNAL.page]],
    ["document.title = 'Another'; document.body.append('more')", []],
  ])) {
    assert.deepEqual(await after(change), codes, change);
  }
});

test("time counts only while the page is in front: not behind another tab", LIMIT, async (t) => {
  const { url } = await site(t, { "/": text() });
  const page = await person(t, w, quiet);
  const start = Date.now();
  await page.clock.install({ time: start });
  await page.clock.pauseAt(start + 1000);
  await page.goto(url);
  // Playwright has every page believe that it is in front.
  await (await page.context().newCDPSession(page)).send("Emulation.setFocusEmulationEnabled", { enabled: false });
  const other = await page.context().newPage();
  /** @type {(minutes: number) => Promise<number[]>} */
  const pass = async (minutes) => {
    await page.clock.runFor(minutes * MINUTE);
    return only((await visits(page)).flat(), SIGNAL.minute, SIGNAL.threeMinutes);
  };
  await page.waitForFunction(() => localStorage.getItem("assay.demo"));
  await page.bringToFront();
  await page.waitForFunction(() => document.hasFocus());
  assert.deepEqual(await pass(0.9), []);
  await other.bringToFront();
  await page.waitForFunction(() => !document.hasFocus(), undefined, { polling: 20 });
  assert.deepEqual(await pass(60), [], "an hour behind another tab");
  await page.bringToFront();
  await page.waitForFunction(() => document.hasFocus());
  assert.deepEqual(await pass(0.2), [SIGNAL.minute]);
  assert.deepEqual(await pass(1.8), [SIGNAL.minute]);
  assert.deepEqual(await pass(0.2), [SIGNAL.minute, SIGNAL.threeMinutes]);
  assert.deepEqual(await pass(10), [SIGNAL.minute, SIGNAL.threeMinutes], "each once");
});

test("back from the browser's back-forward cache: the page and its visit go on, nothing counts twice, and a touch goes out", LIMIT, async (t) => {
  const browser = await startBrowser({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  t.after(() => browser.close());
  const { url } = await site(t, { "/": ajax(), "/next": text() });
  const page = await person(t, { ...w, browser }, quiet);
  const touches = collectTouches(page);
  let boots = 0;
  page.on("request", (request) => void (request.url().includes("/boot") && boots++));
  await page.goto(url);
  await scored(page);
  await answer(page, ["Name", "Ben Hollis"]);
  await page.evaluate(() => addEventListener("pageshow", ({ persisted }) => (document.title = `kept: ${persisted}`)));
  await page.goto(`${url}/next`);
  assert.deepEqual(only(await soFar(page), SIGNAL.page, SIGNAL.abandoned), [SIGNAL.page, SIGNAL.abandoned, SIGNAL.page]);
  await page.goBack({ waitUntil: "commit" });
  await page.waitForFunction(() => document.title === "kept: true");
  const { page: view, formViewed, started, abandoned, asked } = SIGNAL;
  await answerAll(page, brief("kept@cache.test").slice(1));
  const delivered = submitAnswered(page);
  await page.getByRole("button", { name: "Send" }).click();
  assert.equal((await delivered).status(), 202);
  const codes = await soFar(page);
  assert.deepEqual(only(codes, view, formViewed, started, abandoned, asked), [view, formViewed, started, abandoned, view, asked]);
  assert.equal(boots, 1);
  assert.equal(onlyTouch(touches).visits.length, 1);
});

test("who comes back: within half an hour it is the same visit, then within the week, after a day, or both", LIMIT, async (t) => {
  const { url } = await site(t, { "/": text() });
  const page = await person(t, w, quiet);
  await page.clock.install();
  /** @type {(away: number) => Promise<number[][]>} */
  const comeBack = async (away) => {
    await page.goto("about:blank");
    await page.clock.fastForward(away);
    await page.goto(url);
    await soFar(page);
    return (await visits(page)).map((codes) => only(codes, SIGNAL.page, SIGNAL.afterDay, SIGNAL.withinWeek).sort((a, b) => a - b));
  };
  const { page: view, afterDay, withinWeek } = SIGNAL;
  await page.goto(url);
  await soFar(page);
  assert.deepEqual(await comeBack(29 * MINUTE), [[view, view]]);
  assert.deepEqual((await comeBack(31 * MINUTE)).at(-1), [view, withinWeek]);
  assert.deepEqual((await comeBack(2 * DAY)).at(-1), [view, afterDay, withinWeek]);
  assert.deepEqual(await comeBack(8 * DAY), [[view, afterDay]], "what nobody would take any more is not kept");
});

test("who comes back often brings the newest eight visits along, oldest first, and once they have arrived only what is new", LIMIT, async (t) => {
  const { url } = await site(t, { "/": ajax() });
  const page = await person(t, w, quiet);
  await page.clock.install();
  const touches = collectTouches(page);
  /** @type {string[]} */
  const sessions = [];
  for (let visit = 0; visit < 10; visit++) {
    await page.goto("about:blank");
    if (visit) await page.clock.fastForward(31 * MINUTE);
    const booted = page.waitForResponse("**/boot*");
    await page.goto(url);
    sessions.push((await (await booted).json()).session);
    await scored(page);
    await soFar(page);
  }
  /** @type {(answers: import("./visitor.mjs").Answer[]) => Promise<unknown>} */
  const send = async (answers) => {
    await answerAll(page, answers);
    const delivered = submitAnswered(page);
    await page.getByRole("button", { name: "Send" }).click();
    assert.equal((await delivered).status(), 202);
    await page.waitForFunction(() => JSON.parse(localStorage.getItem("assay.demo") ?? "{}").waiting?.length === 0);
  };
  await send(brief("often@back.test"));
  assert.deepEqual(touches[0].visits.map(({ session }) => session), sessions.slice(-8));
  await send([["Name", " again"]]);
  assert.deepEqual(touches[1].visits.map(({ session }) => session), sessions.slice(-1));
});

test("how far a page was read: half of it and its end, once each, and not at all where nobody scrolled", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: text().html + `<p style="height:5000px">Long</p>` } });
  const page = await person(t, w, quiet);
  await page.goto(url);
  /** @type {(to: number) => Promise<number[]>} */
  const scroll = async (to) => {
    await page.evaluate((to) => scrollTo(0, to * document.documentElement.scrollHeight), to);
    return only(await soFar(page), SIGNAL.half, SIGNAL.end);
  };
  assert.deepEqual(await scroll(0), []);
  assert.deepEqual(await scroll(0.2), []);
  assert.deepEqual(await scroll(0.5), [SIGNAL.half]);
  assert.deepEqual(await scroll(0), [SIGNAL.half]);
  assert.deepEqual(await scroll(1), [SIGNAL.half, SIGNAL.end]);
  assert.deepEqual([await scroll(0), await scroll(1)].at(-1), [SIGNAL.half, SIGNAL.end]);
});

test("a form: answered once each, corrected each time, refused once a try, abandoned only when it was started", LIMIT, async (t) => {
  const second = `<form data-assay-form="later" data-assay-kind="demo"><input name="message" aria-label="Message"></form>`;
  const { url } = await site(t, { "/": { html: form().html.replace("</body>", `${second}</body>`) }, "/next": text() });
  const page = await person(t, w, quiet);
  await page.goto(url);
  const { started, answered, optional, corrected, refused, abandoned } = SIGNAL;
  const told = async () => only(await soFar(page), started, answered, optional, corrected, refused, abandoned);
  await page.goto(`${url}/next`);
  assert.deepEqual(await told(), [], "seen alone is not left unfinished");
  await page.goto(url);
  await page.getByRole("button", { name: "Send" }).click(); // three required fields are empty
  assert.deepEqual(await told(), [refused]);
  await answer(page, ["Name", "Ben"]);
  const first = await page.evaluate(() => performance.now());
  await page.waitForFunction((first) => performance.now() - first > 300, first); // what is refused sooner is the same try
  await page.getByRole("button", { name: "Send" }).click();
  assert.deepEqual(await told(), [refused, started, answered, refused]);
  await answer(page, ["Name", " Hollis"]);
  await answer(page, ["Name", ", called Ben"]);
  await answer(page, ["Message", "Call me"]);
  const all = [refused, started, answered, refused, corrected, corrected, started, optional];
  assert.deepEqual(await told(), all);
  await page.goto(`${url}/next`);
  assert.deepEqual(await told(), [...all, abandoned, abandoned], "both were started");
});

test("where the visit came from: campaign and referring page without its query, also on the pages after", LIMIT, async (t) => {
  const [first, late] = ["/first?utm_source=paper&utm_campaign=spring&reader=17", "/?utm_source=late"];
  const { url } = await site(t, { [late]: ajax(), [first]: { html: `${text().html}<a href="${late}">Form</a>` } });
  const before = await site(t, {
    "/article?reader=17": { html: `<!doctype html><title>Article</title><a referrerpolicy="unsafe-url" href="${url}${first}#top">Read on</a>` },
  });
  const page = await person(t, w, quiet);
  const touches = collectTouches(page);
  await page.goto(`${before.url}/article?reader=17`);
  await page.getByText("Read on").click();
  await page.waitForURL("**/first*");
  assert.match(await page.evaluate(() => document.referrer), /reader=17/, "the browser tells all of it");
  await soFar(page);
  await page.getByText("Form").click();
  await page.waitForURL("**/?utm_source=late");
  await answerAll(page, brief("paper@source.test"));
  const delivered = submitAnswered(page);
  await page.getByRole("button", { name: "Send" }).click();
  assert.equal((await delivered).status(), 202);
  const touch = /** @type {any} */ (onlyTouch(touches));
  assert.deepEqual(
    [touch.page, touch.referrer, touch.utm],
    [`${url}/`, `${before.url}/article`, { source: "paper", campaign: "spring" }],
  );
  assert.doesNotMatch(JSON.stringify(touch), /reader|17#|late/);
});

test("signals by name: a page may say what it alone knows, and nothing that the script sees for itself", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: text().html.replace("<script", "<script>assay=function(){(assay.q=assay.q||[]).push(arguments)};assay('signal','cart_filled')</script><script") } });
  const page = await person(t, w, quiet);
  await page.goto(url);
  await soFar(page);
  await page.evaluate(() => {
    const names = ["plan_viewed", "paywall_hit", "site_searched", "nonsense", "", "scrolled_end", "active_180s", "returned_week",
      "ask_submitted", "honeypot_filled", "automation_marked", "visit_started", "toString", "__proto__", 36, null, {}, undefined];
    for (const name of names) /** @type {any} */ (window).assay("signal", name);
  });
  const { cart, page: view, plan, paywall, search } = SIGNAL;
  assert.deepEqual((await soFar(page)).sort((a, b) => a - b), [view, plan, search, cart, paywall]);
});

test("the script listens to nothing that a browser would wait for before it scrolls", LIMIT, async (t) => {
  const { url } = await site(t, { "/": form() });
  const page = await person(t, w, quiet);
  await page.goto(url);
  await scored(page);
  const cdp = await page.context().newCDPSession(page);
  const types = new Set();
  for (const expression of ["window", "document", "document.documentElement", "document.body", "document.forms[0]"]) {
    const { result } = await cdp.send("Runtime.evaluate", { expression });
    const { listeners } = await cdp.send("DOMDebugger.getEventListeners", { objectId: result.objectId ?? "", depth: -1 });
    for (const { type } of listeners) types.add(type);
  }
  assert.ok(types.has("submit") && types.has("scroll"), "what there is, is found");
  assert.deepEqual([...types].filter((type) => /^(touch|wheel|mousewheel|pointermove|mousemove|key|beforeunload|unload)/.test(type)), []);
});

test("a page that is left open in front, untouched, for more than a day is no new visit and no return; who does something there again is", LIMIT, async (t) => {
  const { url } = await site(t, { "/": { html: shortForm(tag(w.server.url)) } });
  const page = await person(t, w, quiet);
  let boots = 0;
  page.on("response", (answer) => void (answer.url().includes("/boot") && boots++));
  await page.clock.install();
  await page.goto(url);
  await scored(page);
  await soFar(page);
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 5000);
  await page.clock.runFor(24 * 3600_000 - 60_000);
  const before = await visits(page);
  for (let i = 0; i < 30; i++) {
    await page.clock.runFor(10_000);
    await page.evaluate((url) => fetch(url, { cache: "no-store" }).then((answer) => answer.text()), url); // what was asked for has come before
  }
  assert.deepEqual([boots, await visits(page)], [1, before], "nobody did anything");
  await page.evaluate(() => /** @type {any} */ (window).assay("signal", "custom"));
  const booted = page.waitForResponse("**/boot*");
  await page.clock.runFor(1000);
  await booted;
  await page.waitForFunction(() => JSON.parse(localStorage.getItem("assay.demo") ?? "{}").visits.length === 2);
  await page.clock.runFor(1000);
  assert.deepEqual((await visits(page))[1], [SIGNAL.custom, SIGNAL.afterDay, SIGNAL.withinWeek]);
});
