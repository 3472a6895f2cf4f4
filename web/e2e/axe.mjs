// What axe-core says of a page, run inside it; shadow trees count too.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** @typedef {import("playwright-core").Page} Page */

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/**
 * Fails with each rule that a page breaks, and where, once all that comes and goes has come: what is half faded in has no contrast yet.
 * @param {Page} page
 * @param {string} what the page is, for whoever reads the failure
 */
export async function accessible(page, what) {
  await page.evaluate(() => {
    // A document does not tell of what goes on in shadow trees.
    const trees = [document, ...[...document.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
    const ends = trees.flatMap((tree) => tree.getAnimations()).filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.all(ends.map(({ finished }) => finished.catch(() => {})));
  });
  await page.evaluate(await readFile(AXE, "utf8"));
  const found = await page.evaluate(async () => {
    const { violations, passes } = await /** @type {any} */ (window).axe.run();
    const broken = violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ n) => n.target.flat()).join(", ")}`);
    return { broken, passes: passes.length };
  });
  assert.ok(found.passes > 5, `axe-core looked at ${what}`);
  assert.deepEqual(found.broken, [], what);
}
