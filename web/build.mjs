// Builds everything that the server embeds into dist/.
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { buildDemo } from "./demo/build.mjs";
import { buildFields } from "./fields.mjs";
import { shrink } from "./shrink.mjs";
import { brotli, gzip, plain } from "./compress.mjs";
import { buildLists } from "./lists.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");
/** Everything is built here first, so that a build that fails leaves the one before in place. */
const next = join(root, "node_modules/.next");

/** Puts what was built where the server embeds it from; .gitkeep keeps that folder in the repository. */
async function publish() {
  await mkdir(dist, { recursive: true });
  for (const name of await readdir(dist)) {
    if (name !== ".gitkeep") await rm(join(dist, name), { recursive: true });
  }
  for (const name of await readdir(next)) await rename(join(next, name), join(dist, name));
  await rm(next, { recursive: true });
}

/** @type {esbuild.BuildOptions} */
const common = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", absWorkingDir: root };

/** What the files are made of that are named by their content alone. */
const named = new Map();

/**
 * Writes a file that is named by its content, so that browsers may keep it for ever, and gives its address.
 * @param {string | Buffer} bytes
 * @param {string} ending
 */
async function keepForEver(bytes, ending) {
  const name = `engine/${createHash("sha256").update(bytes).digest("hex").slice(0, 8)}.${ending}`;
  await mkdir(join(next, "engine"), { recursive: true });
  await writeFile(join(next, name), bytes);
  return `/${name}`;
}

/**
 * A script for customers' pages, in any browser of the last years. Each of their visitors loads it: no byte is too many.
 * @param {string} entry
 * @param {esbuild.BuildOptions} options
 */
async function smallScript(entry, options) {
  const built = await esbuild.build({
    ...common,
    ...options,
    entryPoints: [`widget/${entry}.ts`],
    target: "es2021",
    charset: "utf8",
    minify: false,
    minifySyntax: true,
    tsconfigRaw: {}, // ours asks for strict types, and esbuild would add "use strict"
    write: false,
  });
  const code = built.outputFiles?.[0].text ?? "";
  return shrink(code, { module: options.format === "esm", tries: entry === "assay" ? 24 : 1 }); // only the script has no byte to spare
}

/**
 * A module that is loaded on demand, and its address.
 * @param {string} entry
 * @param {Record<string, string>} [define]
 */
async function smallModule(entry, define) {
  const address = await keepForEver(await smallScript(entry, { format: "esm", define }), "js");
  named.set(address.slice(1), `${entry}.ts`);
  return address;
}

/** What the module of extras loads by itself, where a page has use for it; it knows each address by the name in capitals. */
const PARTS = ["consent", "panel", "presence", "record", "leave"];

/** The languages of words that are loaded where a page is in one; English is in the modules themselves. */
const LANGUAGES = ["de", "fr", "es"];

/** The page's script, a classic one, and the module of what few pages use, whose address it knows. */
async function buildWidget() {
  /** @type {Record<string, string>} */
  const words = {};
  for (const language of LANGUAGES) words[language] = await smallModule(`words.${language}`);
  const define = { WORDS: JSON.stringify(words) };
  for (const part of PARTS) Object.assign(define, { [part.toUpperCase()]: JSON.stringify(await smallModule(part)) });
  const extras = await smallModule("extras", define);
  const script = await smallScript("assay", { format: "iife", define: { EXTRAS: JSON.stringify(extras) } });
  await writeFile(join(next, "assay.js"), script);
}

/**
 * The screens and the page for visitors: each has a script and a style sheet under /static/, and a shell. What a script imports
 * only when it needs it becomes a file of its own, under its own name.
 */
async function buildApp() {
  for (const [name, entry] of Object.entries({ app: "app/main.tsx", privacy: "privacy/main.tsx" })) {
    await esbuild.build({
      ...common,
      entryPoints: { [name]: entry },
      outdir: join(next, "static"),
      format: "esm",
      splitting: true,
      chunkNames: "[name]",
      target: "es2022",
      jsx: "automatic",
      jsxImportSource: "preact",
    });
  }
  await copyFile(join(root, "app/index.html"), join(next, "app.html"));
  await copyFile(join(root, "privacy/index.html"), join(next, "privacy.html"));
  await copyFile(join(root, "privacy/nosite.html"), join(next, "nosite.html"));
}

/**
 * All files in a folder and those below it.
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .sort();
}

/** Writes the compressed twins and prints what everything weighs. */
async function compressAll() {
  console.log(`${"bytes".padStart(9)} ${"gzip".padStart(8)} ${"brotli".padStart(8)}  file`);
  for (const file of await files(next)) {
    const bytes = await readFile(file);
    let gz = "-", br = "-";
    if (bytes.length > 200 && !plain(file)) {
      const g = gzip(bytes), b = brotli(bytes);
      await writeFile(file + ".gz", g);
      await writeFile(file + ".br", b);
      gz = String(g.length);
      br = String(b.length);
    }
    console.log(`${String(bytes.length).padStart(9)} ${gz.padStart(8)} ${br.padStart(8)}  ${relative(next, file)} ${named.get(relative(next, file)) ?? ""}`.trimEnd());
  }
}

await rm(next, { recursive: true, force: true });
await mkdir(next, { recursive: true });
await buildWidget();
await buildApp();
buildDemo(join(next, "demo"));
await keepForEver(await readFile(join(root, "../wasm/assay.wasm")), "wasm");
await compressAll();
await buildLists(join(next, "lists"));
await buildFields(join(root, "widget"), join(next, "lists/fields.json"));
await publish();
// For size.mjs: it is no part of what is embedded.
await writeFile(join(root, "node_modules/.modules.json"), JSON.stringify(Object.fromEntries(named)));
