// Turns public lists of mail domains into files that the server searches in place.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { domainToASCII } from "node:url";

const require = createRequire(import.meta.url);

/** Bytes of a domain's hash: of 140,000 domains none is taken for one that is not listed but once in two billion. */
const width = 6;

/**
 * The domains of a package's list, in the form that mail servers use.
 * @param {string} file
 * @returns {Set<string>}
 */
function domains(file) {
  /** @type {string[]} */
  const listed = JSON.parse(readFileSync(require.resolve(file), "utf8"));
  const plain = /^[a-z0-9.-]+$/; // most are, and the conversion is slow
  return new Set(listed.map((name) => (plain.test(name) ? name : domainToASCII(name.trim().toLowerCase()))).filter((name) => name.includes(".")));
}

/**
 * A set as the sorted beginnings of its members' SHA-256.
 * @param {Set<string>} set
 */
function pack(set) {
  const hashes = [...set].map((name) => createHash("sha256").update(name).digest().subarray(0, width));
  return Buffer.concat(hashes.sort(Buffer.compare));
}

/**
 * Writes disposable.bin and free.bin. A domain on both lists is disposable: the list of free ones has copied it.
 * @param {string} folder
 */
export async function buildLists(folder) {
  const disposable = new Set([...domains("disposable-email-domains/index.json"), ...domains("disposable-email-domains/wildcard.json")]);
  const free = new Set([...domains("free-email-domains/domains.json")].filter((name) => !disposable.has(name)));
  await mkdir(folder, { recursive: true });
  for (const [name, set] of Object.entries({ disposable, free })) {
    const packed = pack(set);
    await writeFile(join(folder, `${name}.bin`), packed);
    console.log(`${String(packed.length).padStart(9)} ${"-".padStart(8)} ${"-".padStart(8)}  lists/${name}.bin (${set.size} mail domains, the server's alone)`);
  }
}
