// What the widget does within the events that visitors wait for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, person, world } from "./harness.mjs";
import { answerAll, promising, scored, takeTime } from "./visitor.mjs";

const w = world();

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

test("handlers of the widget run in each event, and their time is told", LIMIT, async (t) => {
  const page = await person(t, w, { script: timeHandlers });
  /** @type {(times: Record<string, number[]>) => void} */
  let keep = () => {};
  const kept = /** @type {Promise<Record<string, number[]>>} */ (new Promise((resolve) => (keep = resolve)));
  await page.exposeFunction("keep", (/** @type {Record<string, number[]>} */ times) => keep(times));
  await page.goto("/demo/book-a-demo/");
  await scored(page, "cold");
  const answers = promising("timed@cost.test");
  const chosen = await page.locator("form").first().evaluate(
    (form, labels) => labels.filter((label) => [...form.querySelectorAll("select")].some((s) => s.labels[0].textContent === label)),
    answers.map(([label]) => label),
  );
  const pressed = answers.map(([label, value]) => (chosen.includes(label) ? 1 : value.length));
  await answerAll(page, answers);
  await takeTime(page);
  await page.locator("form [type=submit]").click();
  const times = await kept;
  assert.equal(times.input.length, pressed.reduce((a, b) => a + b), "each key press, each choice");
  assert.equal(times.change.length, answers.length, "each field that was changed");
  assert.equal(times.submit.length, 1);
  for (const type of ["input", "change", "focusout", "submit"]) {
    const sorted = [...times[type]].sort((a, b) => a - b);
    const sum = sorted.reduce((a, b) => a + b, 0);
    const [median, most] = [sorted[sorted.length >> 1], sorted[sorted.length - 1]];
    t.diagnostic(`${type}: ${sorted.length} calls, mean ${ms(sum / sorted.length)}, median ${ms(median)}, longest ${ms(most)}`);
  }
});

/** @type {(n: number) => string} */
const ms = (n) => `${n.toFixed(3)} ms`;
