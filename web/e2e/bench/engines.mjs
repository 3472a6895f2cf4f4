// One score of sixty signals: by native Go, and by the engine that Chromium runs.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { person } from "../harness.mjs";
import { count, line, median } from "./numbers.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const VECTOR = "sixty signals";
/** What one score may take, in nanoseconds, and how much longer the browser may. */
const NATIVE = 2000;
const RATIO = 3;
/** The two take turns, so that what else the machine does falls on both. */
const TURNS = 4;
const ROUNDS = 20;
/** Rounds are short, so that some fall between what else runs: milliseconds in Go, scores in the browser. */
const LENGTH = 50;
const SCORES = 20_000;

/**
 * The time of one score in native Go, of each round, and what it allocates.
 * @returns {Promise<{times: number[], allocations: number}>}
 */
async function native() {
  const args = ["test", "-run", "^$", "-bench", "ScoreSixtySignals", "-benchtime", `${LENGTH}ms`, "-count", `${ROUNDS}`, "./shared/score"];
  const { stdout } = await promisify(execFile)("go", args, { cwd: ROOT });
  const rounds = [...stdout.matchAll(/^BenchmarkScoreSixtySignals\S*\s+\d+\s+([\d.]+) ns\/op\s+\d+ B\/op\s+(\d+) allocs\/op$/gm)];
  if (rounds.length !== ROUNDS) throw new Error(`cannot read the benchmark's output:\n${stdout}`);
  return { times: rounds.map(([, ns]) => Number(ns)), allocations: Math.max(...rounds.map(([, , n]) => Number(n))) };
}

/**
 * Runs in the page, where `bench` holds the engine from then on.
 * @param {{engine: string, model: string, input: string}} given
 */
async function load({ engine, model, input }) {
  /** @type {(text: string) => Uint8Array} */
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(await (await fetch(engine)).arrayBuffer());
  const { _initialize, memory, buffer, load, score } = /** @type {any} */ (instance.exports);
  _initialize();
  const exchange = new Uint8Array(memory.buffer, buffer());
  const rules = bytes(model), given = bytes(input);
  exchange.set(rules);
  if (load(rules.length) !== 0) throw new Error("the engine refuses the model");
  /** @type {any} */ (window).bench = (/** @type {number} */ scores) => {
    const start = performance.now();
    for (let i = 0; i < scores; i++) {
      exchange.set(given);
      if (score(given.length) < 0) throw new Error("the engine refuses the case");
    }
    return ((performance.now() - start) / scores) * 1e6;
  };
}

/** @type {(name: string, times: number[]) => void} */
const report = (name, times) =>
  line(name, `${count(Math.min(...times))} ns`, `median ${count(median(times))} ns, slowest ${count(Math.max(...times))} ns of ${times.length} rounds`);

/**
 * The fastest round is what the code takes: all else that a machine does only adds to it.
 * @param {import("node:test").TestContext} t
 * @param {{server: import("../harness.mjs").Server, browser: import("playwright-core").Browser}} w
 * @returns {Promise<string[]>} promises broken
 */
export async function timeEngines(t, w) {
  const { model, vectors } = JSON.parse(await readFile(`${ROOT}shared/score/testdata/vectors.json`, "utf8"));
  const { case: input } = vectors.find((/** @type {{name: string}} */ { name }) => name === VECTOR);
  const page = await person(t, w);
  await page.goto("/demo/");
  const { engine_url: engine } = await page.evaluate(async () => (await fetch("/v1/sites/demo/boot")).json());
  await page.evaluate(load, { engine, model, input });
  /** @type {() => Promise<number>} */
  const round = () => page.evaluate((scores) => /** @type {any} */ (window).bench(scores), SCORES);
  await round(); // until V8 has optimised it

  /** @type {number[]} */
  const go = [], wasm = [];
  let allocations = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    const measured = await native();
    go.push(...measured.times);
    allocations = Math.max(allocations, measured.allocations);
    for (let i = 0; i < ROUNDS; i++) wasm.push(await round());
  }
  const ratio = Math.min(...wasm) / Math.min(...go);
  console.log(`One score, of the vector "${VECTOR}", in the fastest round`);
  report("native Go", go);
  report("WASM in Chromium, case decoded too", wasm);
  line("ratio", `${count(ratio, 2)} times`, `medians ${count(median(wasm) / median(go), 2)} times; up to ${RATIO} allowed`);
  line("native allocations", `${allocations} a score`);

  const broken = [];
  if (Math.min(...go) >= NATIVE) broken.push(`a native score takes ${Math.min(...go)} ns, not under ${NATIVE}`);
  if (allocations > 0) broken.push(`a native score allocates ${allocations} times`);
  if (ratio > RATIO) broken.push(`the browser's engine takes ${ratio.toFixed(2)} times as long as native Go, over ${RATIO}`);
  return broken;
}
