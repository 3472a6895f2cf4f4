// The recipes of docs/install.md, as they stand there.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const guide = await readFile(new URL("../../docs/install.md", import.meta.url), "utf8");

/**
 * A recipe's code for a server and a site.
 * @param {string} host
 * @param {string} heading
 * @param {string} language
 */
export function recipeFor(host, heading, language, site = "demo") {
  const code = guide.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0].split("```" + language + "\n")[1]?.split("```")[0];
  assert.ok(code, `docs/install.md has ${language} under ${heading}`);
  return code.replaceAll("https://HOST", host).replaceAll("SITE_KEY", site);
}
