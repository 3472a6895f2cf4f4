// How the page's script understands fields, for the server that checks customers' pages: read from the script's own source.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as esbuild from "esbuild";

/** The pattern of what the script never reads, as `element.ts` has it. */
const CLOSED = /const CLOSED = \/(.+)\/i;/;

/**
 * Writes a file of rules: kinds of forms, profile fields with the names that pages give them, and what is never read.
 * @param {string} widget folder of the script's source
 * @param {string} file
 */
export async function buildFields(widget, file) {
  const built = await esbuild.build({ entryPoints: [join(widget, "vocabulary.ts")], bundle: true, format: "esm", write: false });
  const { FIELDS, KNOWN, KINDS } = await import("data:text/javascript," + encodeURIComponent(built.outputFiles[0].text));
  const closed = CLOSED.exec(await readFile(join(widget, "element.ts"), "utf8"))?.[1];
  if (!closed) throw new Error(`widget/element.ts has no line like ${CLOSED}: the server could not tell what the script never reads`);
  const fields = FIELDS.map((/** @type {string} */ name, /** @type {number} */ i) => ({ name, pattern: KNOWN[i].source }));
  await writeFile(file, JSON.stringify({ kinds: KINDS, closed, fields }));
}
