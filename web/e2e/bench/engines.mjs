// One score of sixty signals, by native Go and by the engine that Chromium runs; there also one more signal, a run of
// leads in one call, and whether the memory grows.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { person } from "../harness.mjs";
import { count, line, median } from "./numbers.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const VECTOR = "sixty signals";
/** The same with the answers as codes, as a backtest has them. */
const FACTS = "sixty signals, answers as codes";
/** What one score may take, in nanoseconds, and how much longer the browser may. */
const NATIVE = 2000;
const RATIO = 3;
/** What one more signal may take in the browser, and one lead of a batch, in nanoseconds. */
const SIGNAL = 1000;
const LEAD = 2000;
/** Scores over which the engine's memory must stay as it is. */
const MANY = 1_000_000;
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
 * Runs in the page, where `bench` holds the engine's measures from then on: each gives nanoseconds, of `n` scores.
 * @param {{engine: string, model: string, input: string, facts: string}} given
 */
async function load({ engine, model, input, facts }) {
  /** @type {(text: string) => Uint8Array} */
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(await (await fetch(engine)).arrayBuffer());
  const { _initialize, memory, buffer, load, score, signal, reset, batch } = /** @type {any} */ (instance.exports);
  _initialize();
  const room = 32768;
  const exchange = new Uint8Array(memory.buffer, buffer(), room);
  const rules = bytes(model), given = bytes(input);
  exchange.set(rules);
  if (load(rules.length) !== 0) throw new Error("the engine refuses the model");
  /** @type {(n: number, each: () => void) => number} */
  const time = (n, each) => {
    const start = performance.now();
    for (let i = 0; i < n; i++) each();
    return ((performance.now() - start) / n) * 1e6;
  };
  const whole = () => {
    exchange.set(given);
    if (score(given.length) < 0) throw new Error("the engine refuses the case");
  };
  /** The last visit of the vector ends 190 s after its start. */
  const after = 190_000, signals = 10;
  const going = () => {
    reset();
    whole();
    for (let i = 1; i <= signals; i++) {
      if (signal(1 + (i % 33), after + i * 1000) < 0) throw new Error("the engine refuses one more signal");
    }
  };
  /** @type {(lead: Uint8Array) => {packed: Uint8Array, many: number}} */
  const pack = (lead) => {
    const many = Math.floor(room / (lead.length + 2)), packed = new Uint8Array(many * (lead.length + 2));
    for (let i = 0; i < many; i++) {
      packed.set([lead.length & 255, lead.length >> 8], i * (lead.length + 2));
      packed.set(lead, i * (lead.length + 2) + 2);
    }
    return { packed, many };
  };
  /** @type {(run: {packed: Uint8Array, many: number}, n: number) => number} */
  const leads = ({ packed, many }, n) =>
    time(Math.ceil(n / many), () => {
      exchange.set(packed);
      if (batch(packed.length) !== many) throw new Error("the engine leaves leads out");
    }) / many;
  const texts = pack(given), codes = pack(bytes(facts));
  /** @type {any} */ (window).bench = {
    score: (/** @type {number} */ n) => time(n, whole),
    signal: (/** @type {number} */ n) => (time(n, going) - time(n, whole)) / signals,
    texts: (/** @type {number} */ n) => leads(texts, n),
    codes: (/** @type {number} */ n) => leads(codes, n),
    memory: (/** @type {number} */ n) => {
      const before = memory.buffer.byteLength;
      time(n, whole);
      return [before, memory.buffer.byteLength];
    },
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
  const { models, vectors } = JSON.parse(await readFile(`${ROOT}shared/score/testdata/vectors.json`, "utf8"));
  /** @type {(name: string) => string} */
  const caseOf = (name) => vectors.find((/** @type {{name: string}} */ vector) => vector.name === name).case;
  const page = await person(t, w);
  await page.goto("/demo/");
  const { engine_url: engine } = await page.evaluate(async () => (await fetch("/v1/sites/demo/boot")).json());
  await page.evaluate(load, { engine, model: models.starter, input: caseOf(VECTOR), facts: caseOf(FACTS) });
  /** @type {(name: string, n: number) => Promise<any>} */
  const run = (name, n) => page.evaluate(({ name, n }) => /** @type {any} */ (window).bench[name](n), { name, n });
  /** @type {Record<string, number[]>} */
  const wasm = { score: [], signal: [], texts: [], codes: [] };
  for (const name in wasm) await run(name, SCORES); // until V8 has optimised it

  /** @type {number[]} */
  const go = [];
  let allocations = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    const measured = await native();
    go.push(...measured.times);
    allocations = Math.max(allocations, measured.allocations);
    for (let i = 0; i < ROUNDS; i++) for (const name in wasm) wasm[name].push(await run(name, SCORES));
  }
  const [before, after] = await run("memory", MANY);
  const ratio = Math.min(...wasm.score) / Math.min(...go);
  console.log(`One score, of the vector "${VECTOR}", in the fastest round`);
  report("native Go", go);
  report("WASM in Chromium, case decoded too", wasm.score);
  line("ratio", `${count(ratio, 2)} times`, `medians ${count(median(wasm.score) / median(go), 2)} times; up to ${RATIO} allowed`);
  line("native allocations", `${allocations} a score`);
  report("WASM, one more signal", wasm.signal);
  report("WASM, a lead of a batch, texts", wasm.texts);
  report("WASM, a lead of a batch, codes", wasm.codes);
  line("WASM memory", `${count(after / 1024)} KiB`, `${count(before / 1024)} KiB before ${count(MANY)} scores`);

  const broken = [];
  if (Math.min(...go) >= NATIVE) broken.push(`a native score takes ${Math.min(...go)} ns, not under ${NATIVE}`);
  if (allocations > 0) broken.push(`a native score allocates ${allocations} times`);
  if (ratio > RATIO) broken.push(`the browser's engine takes ${ratio.toFixed(2)} times as long as native Go, over ${RATIO}`);
  if (Math.min(...wasm.signal) >= SIGNAL) broken.push(`one more signal takes ${Math.min(...wasm.signal)} ns in Chromium, not under ${SIGNAL}`);
  if (Math.min(...wasm.codes) >= LEAD) broken.push(`a lead of a batch takes ${Math.min(...wasm.codes)} ns in Chromium, not under ${LEAD}`);
  if (after !== before) broken.push(`the engine's memory grew by ${after - before} bytes over ${MANY} scores`);
  return broken;
}
