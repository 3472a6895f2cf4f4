// Packages that only a test or a comparison needs: they are installed when one is run that asks for them.
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Installs what a folder's lock file names, unless that was done since the file was changed. No package runs anything.
 * @param {URL} folder with package.json and package-lock.json; ends with a slash
 * @returns {string} the path of its node_modules
 */
export function installed(folder) {
  const path = fileURLToPath(folder);
  const modules = join(path, "node_modules");
  const done = join(modules, ".package-lock.json"); // npm writes it last
  const stale = !existsSync(done) || statSync(done).mtimeMs < statSync(join(path, "package-lock.json")).mtimeMs;
  if (stale) {
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], { cwd: path, stdio: "inherit" });
  }
  return modules;
}
