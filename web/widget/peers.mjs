// What a page loads for Assay, beside the trackers that others publish: raw, gzip and brotli, all with the server's compressor.
// Usage: node peers.mjs [MODEL_FILE]   (after make build; installs the trackers on first use)
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotli, gzip, USUAL } from "../compress.mjs";
import { trackers } from "./trackers.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../dist");
const model = process.argv[2] ?? join(here, "../../shared/score/testdata/starter.model");

/** @typedef {{raw: number, gzip: number, brotli: number}} Sizes in bytes */

/**
 * What some files weigh, each compressed alone as it is sent.
 * @param {...string} files
 * @returns {Sizes}
 */
function weigh(...files) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(file);
    sum.raw += bytes.length;
    sum.gzip += gzip(bytes).length;
    sum.brotli += brotli(bytes, file === model ? USUAL : undefined).length; // a model is compressed by the server
  }
  return sum;
}

/** @type {(name: string, sizes: Sizes | Record<keyof Sizes, string>) => void} */
const row = (name, sizes) =>
  console.log([name.padEnd(46), ...[sizes.raw, sizes.gzip, sizes.brotli].map((size) => size.toLocaleString("en").padStart(9))].join(""));

const script = join(dist, "assay.js");
if (!existsSync(script)) throw new Error("there is no script to be weighed; run make build first");
const engines = join(dist, "engine");
const engine = readdirSync(engines).find((name) => name.endsWith(".wasm")) ?? "";

row("bytes", { raw: "raw", gzip: "gzip", brotli: "brotli" });
row("assay.js", weigh(script));
row("assay.js, engine and model", weigh(script, join(engines, engine), model));
for (const { name, version, file } of trackers()) row(`${name} ${version}`, weigh(file));
