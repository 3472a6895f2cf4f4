// Keeps what pages load for Assay within its budget, in brotli bodies: a first visit, and each module that few pages load.
// Usage: node size.mjs [MODEL_FILE]   (the server compiles the model, so its file is named here)
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotli, USUAL } from "./compress.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");
/** Each part's share; a first visit's bodies fit one TCP flight with their headers as long as all three keep to theirs. */
const budget = { script: 4500, engine: 6000, model: 1000, total: 11500 };
/**
 * What each module loaded on demand may weigh: who makes one heavier says so here.
 * @type {Record<string, number>}
 */
const modules = {
  "extras.ts": 1200, "panel.ts": 4100, "record.ts": 1800, "presence.ts": 700, "consent.ts": 950, "leave.ts": 1800,
  "words.de.ts": 900, "words.es.ts": 700, "words.fr.ts": 900,
};

/** @param {string} file */
const weigh = (file) => (existsSync(file) ? brotli(readFileSync(file)).length : undefined);

/** The path of the one built engine, or "" when there is none. */
function engineFile() {
  const folder = join(dist, "engine");
  const name = existsSync(folder) && readdirSync(folder).find((n) => n.endsWith(".wasm"));
  return name ? join(folder, name) : "";
}

let failed = false;

/**
 * Prints a size beside its limit.
 * @param {string} name
 * @param {number | undefined} size
 * @param {number | undefined} limit
 */
function show(name, size, limit) {
  const over = limit === undefined || (size !== undefined && size > limit);
  failed ||= over;
  const verdict = limit === undefined ? "  NO BUDGET: give it one in size.mjs" : over ? "  OVER BUDGET" : "";
  console.log(`${name.padEnd(11)} ${(size === undefined ? "not there" : String(size)).padStart(9)} of ${String(limit ?? "none").padStart(6)}${verdict}`);
}

/** @param {string} what */
function missing(what) {
  console.error(`size: ${what} is missing; run node build.mjs first`);
  failed = true;
}

const model = process.argv[2];
/** @type {Record<string, number | undefined>} */
const sizes = {
  script: weigh(join(dist, "assay.js")),
  engine: weigh(engineFile()),
  model: model && existsSync(model) ? brotli(readFileSync(model), USUAL).length : undefined, // the server compresses it
};
sizes.total = Object.values(sizes).reduce((/** @type {number} */ sum, n) => sum + (n ?? 0), 0);
for (const [name, limit] of Object.entries(budget)) show(name, sizes[name], limit);
if (sizes.script === undefined || sizes.engine === undefined || (model && sizes.model === undefined)) missing("a file to be weighed");

/** What each file that is named by its content is made of, as build.mjs noted it. */
const built = join(root, "node_modules/.modules.json");
/** @type {Record<string, string>} */
const addresses = existsSync(built) ? JSON.parse(readFileSync(built, "utf8")) : {};
const entries = Object.entries(addresses).map(([file, name]) => [name, file]);
for (const [name, file] of entries.sort()) show(name, weigh(join(dist, file)), modules[name]);
for (const name of Object.keys(modules)) if (!entries.some(([built]) => built === name)) missing(name);
process.exitCode = failed ? 1 : 0;
