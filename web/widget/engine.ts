// The engine in the browser: the same code as the server's, with the site's published model.
import { FIELDS, type Pair } from "./vocabulary";
import type { Boot, Visit } from "./state";
import { encoder, get, guard } from "./page";

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  buffer(): number;
  load(length: number): number;
  reset(): void;
  append(kind: number, ms: number): number;
  log(): number;
  score(length: number): number;
}

/** A score, as the page is told. */
export interface Score {
  band: string;
  grade: string;
  engagement: number;
  fit: number;
  /** Each with the score that it counts to: fit is 1, or 0 for engagement. */
  reasons: { rule: number; fit: number; label?: string; points: number }[];
}

let engine: Exports;

/** The boot answer that engine and model were loaded by, once they are. */
export let engineBoot: Boot | undefined;

/** A part of the engine's memory, to be read before the engine is called again. */
const view = (address: number, length?: number) => new Uint8Array(engine.memory.buffer, address, length);

const BUFFER = 32768;

/** Puts bytes into the exchange buffer, has the engine take them, and gives what it answers. Throws where they do not fit, or are refused. */
function exchange(call: "load" | "score", bytes: ArrayLike<number>) {
  view(engine.buffer(), BUFFER).set(bytes);
  const length = engine[call](bytes.length); // of a refusal negative, which no part of a memory has
  return view(engine.buffer(), length);
}

/** Loads engine and model. Where the page does not allow it or they cannot be had, the server scores alone. */
export const loadEngine = guard(async (boot: Boot) => {
  const [code, model] = await Promise.all([get(boot.engine_url, "arrayBuffer"), get(boot.model_url, "arrayBuffer")]);
  engine = (await WebAssembly.instantiate(code)).instance.exports as unknown as Exports;
  engine._initialize();
  exchange("load", new Uint8Array(model));
  engineBoot = boot;
});

/** The binary log of a visit's signals. Throws without an engine. */
export function evidence(pairs: Pair[]) {
  let length = 1;
  engine.reset();
  for (const [kind, ms] of pairs) length = engine.append(kind, ms);
  return view(engine.log(), length);
}

// The memory keeps the low byte of each number.
const u16 = (n: number) => [n, n >> 8];
const u32 = (n: number) => [n, n >> 8, n >> 16, n >> 24];

/** Scores visits and profile at an instant in Unix seconds; `forms` is the mask of kinds submitted. */
export function score(visits: Visit[], profile: Record<string, string>, forms: number, at: number): Score {
  const body: number[] = [];
  FIELDS.forEach((name, i) => {
    const text = encoder.encode(profile[name]);
    body.push(i, ...u16(text.length), ...text);
  });
  for (const { started, pairs } of visits) {
    const log = evidence(pairs);
    body.push(...u32(started), ...u16(log.length), ...log);
  }
  const b = exchange("score", [...u32(at), ...u32(at), ...u16(forms), FIELDS.length, visits.length, ...body]);
  const reasons = [];
  for (let i = 14; i < b.length; i += 6) {
    reasons.push({ rule: b[i], fit: b[i + 1] % 2, label: engineBoot!.labels[b[i]], points: b[i + 2] + ((b[i + 3] << 24) >> 16) });
  }
  return {
    band: ["cold", "warm", "hot"][b[5]],
    grade: String.fromCharCode(b[3]) + b[4],
    engagement: b[0],
    fit: b[1],
    reasons,
  };
}
