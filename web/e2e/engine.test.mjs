// The engine in a real browser gives what native Go gives, to the byte.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { LIMIT, person, world } from "./harness.mjs";

const w = world();

/**
 * @typedef {{name: string, model: string, case: string, result: string,
 *   then?: {code: number, ms: number, result: string}[]}} Vector
 */

/**
 * Runs in the page: scores each case, and the signals that come after it one by one, with the engine that the site serves.
 * @param {{url: string, models: Record<string, string>, vectors: Vector[]}} given
 */
async function run({ url, models, vectors }) {
  /** @type {(text: string) => Uint8Array} */
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(await (await fetch(url)).arrayBuffer());
  const engine = /** @type {any} */ (instance.exports);
  engine._initialize();
  /** @type {(input: Uint8Array) => number} */
  const put = (input) => (new Uint8Array(engine.memory.buffer, engine.buffer()).set(input), input.length);
  /** @type {(length: number) => string} */
  const read = (length) => {
    if (length < 0) return `error ${length}`;
    const result = new Uint8Array(engine.memory.buffer, engine.buffer(), length);
    return [...result].map((b) => b.toString(16).padStart(2, "0")).join("");
  };
  return vectors.map((vector) => {
    const loaded = engine.load(put(bytes(models[vector.model])));
    if (loaded < 0) throw new Error(`the engine refuses the model: ${loaded}`);
    engine.reset();
    const results = [read(engine.score(put(bytes(vector.case))))];
    for (const { code, ms } of vector.then ?? []) results.push(read(engine.signal(code, ms)));
    return results;
  });
}

test("every golden vector in the browser", LIMIT, async (t) => {
  const file = new URL("../../shared/score/testdata/vectors.json", import.meta.url);
  /** @type {{models: Record<string, string>, vectors: Vector[]}} */
  const { models, vectors } = JSON.parse(await readFile(file, "utf8"));
  assert.ok(vectors.length >= 30, "the vectors are there");
  const page = await person(t, w);
  await page.goto("/demo/");
  const { engine_url: url } = await page.evaluate(async () => (await fetch("/v1/sites/demo/boot")).json());
  const results = await page.evaluate(run, { url, models, vectors });
  for (const [i, { name, result, then = [] }] of vectors.entries()) {
    assert.deepEqual(results[i], [result, ...then.map((next) => next.result)], name);
  }
});
