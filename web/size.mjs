// Keeps the first visit within its budget: what a page loads for Assay, in brotli bodies.
// Usage: node size.mjs [MODEL_FILE]   (the server compiles the model, so its file is named here)
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotli } from "./compress.mjs";

const dist = join(dirname(fileURLToPath(import.meta.url)), "dist");
/** Each part's share; a first visit's bodies fit one TCP flight with their headers as long as all three keep to theirs. */
const budget = { script: 4500, engine: 6000, model: 1000, total: 11500 };

/** @param {string} file */
const weigh = (file) => (existsSync(file) ? brotli(readFileSync(file)).length : undefined);

/** The path of the one built engine, or "" when there is none. */
function engineFile() {
  const folder = join(dist, "engine");
  const name = existsSync(folder) && readdirSync(folder).find((n) => n.endsWith(".wasm"));
  return name ? join(folder, name) : "";
}

const model = process.argv[2];
/** @type {Record<string, number | undefined>} */
const sizes = {
  script: weigh(join(dist, "assay.js")),
  engine: weigh(engineFile()),
  model: model ? weigh(model) : undefined,
};
sizes.total = Object.values(sizes).reduce((/** @type {number} */ sum, n) => sum + (n ?? 0), 0);

let over = false;
for (const [name, limit] of Object.entries(budget)) {
  const size = sizes[name];
  const fail = size !== undefined && size > limit;
  over ||= fail;
  const shown = size === undefined ? "not there" : String(size);
  console.log(`${name.padEnd(7)} ${shown.padStart(9)} of ${String(limit).padStart(6)}${fail ? "  OVER BUDGET" : ""}`);
}
if (sizes.script === undefined || sizes.engine === undefined || (model && sizes.model === undefined)) {
  console.error("size: a file to be weighed is missing; run node build.mjs first");
  over = true;
}
process.exitCode = over ? 1 : 0;
