// The budget of what pages load: kept by what is built, and a failure where it is not.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const WEB = fileURLToPath(new URL(".", import.meta.url));
const MODULES = "node_modules/.modules.json";

/** @param {string} folder */
function size(folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "size.mjs")], { encoding: "utf8" });
  return { status, said: stdout + stderr };
}

test("what is built keeps to its budget; a module that is too heavy, that has none or that is not there, fails", async (t) => {
  assert.deepEqual(size(WEB).status, 0, size(WEB).said);
  const folder = await mkdtemp(join(tmpdir(), "assay-size-"));
  t.after(() => rm(folder, { recursive: true }));
  for (const part of ["size.mjs", "compress.mjs", "dist", MODULES]) await cp(join(WEB, part), join(folder, part), { recursive: true });
  assert.equal(size(folder).status, 0, "the copy is whole");
  const built = /** @type {Record<string, string>} */ (JSON.parse(await readFile(join(folder, MODULES), "utf8")));
  const [panel] = Object.entries(built).find(([, name]) => name === "panel.ts") ?? [];
  assert.ok(panel);

  await writeFile(join(folder, "dist", panel), randomBytes(50_000));
  const heavy = size(folder);
  assert.equal(heavy.status, 1);
  assert.match(heavy.said, /^panel\.ts .*OVER BUDGET$/m);

  await writeFile(join(folder, MODULES), JSON.stringify({ ...built, [panel]: "another.ts" }));
  const unknown = size(folder);
  assert.equal(unknown.status, 1);
  assert.match(unknown.said, /^another\.ts .*NO BUDGET/m);
  assert.match(unknown.said, /panel\.ts is missing/);
});
