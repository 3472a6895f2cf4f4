// What the page's script does within the events that visitors wait for, and how long they wait with it and without it.
import { person } from "../harness.mjs";
import { shortForm, site, tag } from "../pages.mjs";
import { answerAll, brief, promising, scored, takeTime } from "../visitor.mjs";
import { count, line, median, quantile } from "./numbers.mjs";

/** @typedef {{server: import("../harness.mjs").Server, browser: import("playwright-core").Browser}} World */
/** @typedef {import("node:test").TestContext} TestContext */
/** @typedef {{interactions: number[], working: number}} Waits */

/** What a handler may take while somebody types and reads, in milliseconds. */
const HANDLER = 1;
/** @type {Record<string, string>} */
const AIMS = { submit: "the request has to begin in it, before the page goes" };
/** Forms that are filled in, and pairs of pages that are compared. */
const FORMS = 3;
const RUNS = 9;
/** How many times slower than this machine's processor the page's is. */
const SLOWER = 4;

/** Runs first in each page: times every handler that the widget's script adds. */
function timeHandlers() {
  const scope = /** @type {any} */ (window);
  /** @type {Record<string, number[]>} */
  const times = (scope.times = {});
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, handler, options) {
    const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
    if (typeof handler !== "function" || !script?.src.endsWith("/assay.js")) return add.call(this, type, handler, options);
    add.call(
      this,
      type,
      /** @this {any} */
      function (event) {
        const start = performance.now();
        handler.call(this, event);
        (times[type] ||= []).push(performance.now() - start);
        if (type === "submit") scope.keep(times);
      },
      options,
    );
  };
}

/**
 * Has a person fill in the long form and send it.
 * @param {TestContext} t
 * @param {World} w
 * @param {string} email
 * @returns {Promise<{times: Record<string, number[]>, pressed: number, fields: number}>} the milliseconds of each call by type of
 * event; how often a key or a choice was made, in how many fields
 */
export async function timeForm(t, w, email) {
  const page = await person(t, w, { script: timeHandlers });
  /** @type {(times: Record<string, number[]>) => void} */
  let keep = () => {};
  const kept = /** @type {Promise<Record<string, number[]>>} */ (new Promise((resolve) => (keep = resolve)));
  await page.exposeFunction("keep", (/** @type {Record<string, number[]>} */ times) => keep(times));
  await page.goto("/demo/book-a-demo/");
  await scored(page, "cold");
  const answers = promising(email);
  const chosen = await page.locator("form").first().evaluate(
    (form, labels) => labels.filter((label) => [...form.querySelectorAll("select")].some((s) => s.labels[0].textContent === label)),
    answers.map(([label]) => label),
  );
  const pressed = answers.map(([label, value]) => (chosen.includes(label) ? 1 : value.length));
  await answerAll(page, answers);
  await takeTime(page);
  await page.locator("form [type=submit]").click();
  return { times: await kept, pressed: pressed.reduce((a, b) => a + b), fields: answers.length };
}

/**
 * Runs first in each page: keeps what the browser tells of events. It rounds to 8 ms, and tells of none under 16.
 */
function watchEvents() {
  /** @type {Waits} */
  const waits = (/** @type {any} */ (window).waits = { interactions: [], working: 0 });
  const options = { type: "event", durationThreshold: 16, buffered: true };
  new PerformanceObserver((list) => {
    for (const entry of /** @type {any[]} */ (list.getEntries())) {
      if (entry.interactionId) waits.interactions.push(entry.duration);
      waits.working += entry.processingEnd - entry.processingStart;
    }
  }).observe(/** @type {PerformanceObserverInit} */ (options));
}

/**
 * Has a person fill in a short form on a slow device and send it, by the page's own code.
 * @param {TestContext} t
 * @param {World} w
 * @param {string} url
 * @param {boolean} tagged
 * @returns {Promise<Waits>}
 */
async function waitsOf(t, w, url, tagged) {
  const page = await person(t, w, { script: watchEvents, tolerate: [/favicon/] });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.goto(`${url}/${tagged ? "tagged" : ""}`);
  if (tagged) await scored(page);
  await answerAll(page, brief("waits@bench.test"));
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("Sent by the page").waitFor();
  const waits = await page.evaluate(async () => {
    for (let i = 0; i < 20; i++) await new Promise(requestAnimationFrame); // until the browser has told of the last one
    return /** @type {any} */ (window).waits;
  });
  await page.close();
  return waits;
}

/**
 * @param {TestContext} t
 * @param {World} w
 * @returns {Promise<string[]>} promises broken
 */
export async function timeVisitor(t, w) {
  console.log("Within the events of a form that is filled in and sent: the script's handlers");
  /** @type {Record<string, number[]>} */
  const times = {};
  for (let i = 0; i < FORMS; i++) {
    const form = await timeForm(t, w, `handlers-${i}@bench.test`);
    for (const [type, calls] of Object.entries(form.times)) (times[type] ??= []).push(...calls);
  }
  for (const type of ["input", "change", "focusout", "submit"]) {
    const calls = times[type];
    line(type, `${count(median(calls), 3)} ms`, `median of ${calls.length} calls, slowest ${count(Math.max(...calls), 3)}; ${AIMS[type] ?? `under ${HANDLER} aimed at`}`);
  }
  const own = `<script>addEventListener("submit", (event) => {
    event.preventDefault();
    document.querySelector("h1").textContent = "Sent by the page";
  });</script>`;
  const { url } = await site(t, { "/": { html: shortForm(own) }, "/tagged": { html: shortForm(own + tag(w.server.url)) } });
  /** @type {Record<"with" | "without", Waits[]>} */
  const runs = { with: [], without: [] };
  for (let i = 0; i < RUNS; i++) {
    runs.without.push(await waitsOf(t, w, url, false));
    runs.with.push(await waitsOf(t, w, url, true));
  }
  console.log(`\nInteraction to next paint, processor ${SLOWER} times slower, ${RUNS} runs in turn; the browser rounds to 8 ms and tells of none under 16`);
  for (const [name, all] of Object.entries(runs)) {
    const worst = all.map(({ interactions }) => Math.max(0, ...interactions));
    line(`slowest, ${name} the tag`, `${count(median(worst))} ms`, `median; ${count(Math.min(...worst))} to ${count(Math.max(...worst))}`);
    const usual = all.map(({ interactions }) => (interactions.length ? quantile(interactions, 0.75) : 0));
    line(`75th percentile, ${name}`, `${count(median(usual))} ms`, `handlers of those told of ${count(median(all.map(({ working }) => working)), 1)} ms a run`);
  }
  return [];
}
