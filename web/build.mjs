// Builds everything that the server embeds into dist/.
import { rm, mkdir, readFile, writeFile, readdir, stat, copyFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { brotli, gzip, plain } from "./compress.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");

/** Empties dist but for the file that keeps the folder in the repository. */
async function clean() {
  await mkdir(dist, { recursive: true });
  for (const name of await readdir(dist)) {
    if (name !== ".gitkeep") await rm(join(dist, name), { recursive: true });
  }
}

/** @type {esbuild.BuildOptions} */
const common = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", absWorkingDir: root };

/** The page's script: one classic script that runs in any browser of the last years. */
async function buildWidget() {
  await esbuild.build({
    ...common,
    entryPoints: ["widget/assay.ts"],
    outfile: "dist/assay.js",
    format: "iife",
    target: "es2020",
    charset: "utf8",
  });
}

/** The screens: one script and one style sheet under /static/, and their shell. */
async function buildApp() {
  if (!existsSync(join(root, "app/main.tsx"))) return console.log("app: no app/main.tsx yet, skipped");
  await esbuild.build({
    ...common,
    entryPoints: { app: "app/main.tsx" },
    outdir: "dist/static",
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
  });
  await copyFile(join(root, "app/index.html"), join(dist, "app.html"));
}

/** The demo site brings its own build. */
async function buildDemo() {
  const script = join(root, "demo/build.mjs");
  if (!existsSync(script)) return console.log("demo: no demo/build.mjs yet, skipped");
  const demo = await import(pathToFileURL(script).href);
  await demo.buildDemo({ out: join(dist, "demo") });
}

/** The engine is named by its content, so that browsers may keep it for ever. */
async function copyEngine() {
  const built = join(root, "../wasm/assay.wasm");
  if (!existsSync(built)) return console.log("engine: no wasm/assay.wasm yet, skipped");
  const bytes = await readFile(built);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  await mkdir(join(dist, "engine"), { recursive: true });
  await writeFile(join(dist, "engine", `${hash}.wasm`), bytes);
}

/**
 * All built files, without the compressed twins.
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((e) => e.isFile() && e.name !== ".gitkeep" && !/\.(br|gz)$/.test(e.name))
    .map((e) => join(e.parentPath, e.name))
    .sort();
}

/** Writes the compressed twins and prints what everything weighs. */
async function compressAll() {
  console.log(`${"bytes".padStart(9)} ${"gzip".padStart(8)} ${"brotli".padStart(8)}  file`);
  for (const file of await files(dist)) {
    const bytes = await readFile(file);
    let gz = "-", br = "-";
    if (bytes.length > 200 && !plain(file)) {
      const g = gzip(bytes), b = brotli(bytes);
      await writeFile(file + ".gz", g);
      await writeFile(file + ".br", b);
      gz = String(g.length);
      br = String(b.length);
    }
    const { size } = await stat(file);
    console.log(`${String(size).padStart(9)} ${gz.padStart(8)} ${br.padStart(8)}  ${relative(dist, file)}`);
  }
}

await clean();
await buildWidget();
await buildApp();
await buildDemo();
await copyEngine();
await compressAll();
