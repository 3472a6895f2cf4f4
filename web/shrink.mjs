// Makes scripts for customers' pages as small as they go over the wire.
import { minify } from "terser";
import { brotli } from "./compress.mjs";

/**
 * The short names of members that the script and its modules both use: they are handed to one another. Those of what the browser
 * stores stay as they are from build to build, or a record would be read with another's names.
 */
const MEMBERS = { $pairs: "t", $told: "o", $zero: "i" };
/** Members that are ours alone: neither the wire nor a page knows them. */
const OURS = /^(pairs|told|zero)$/;
/**
 * Has a browser compile all of a script while it comes, beside the page's own work: each function that is compiled when it is first
 * called, on the page's main thread, costs the visitor more. Others take it for the comment that it is. Words alone have no functions.
 */
const AT_ONCE = "//# allFunctionsCalledOnLoad\n";
/** First letters of short names, those that code has most often first. */
const LETTERS = [..."etnioasrlcdumhpfbygvkwxTzqSjFDPMRLNEOCABIHUVWGXYKQZJ$_"];
/** Places by which a letter may move in a try. */
const SPREAD = 12;

/**
 * Makes the short names of a try: which letters they are of changes what brotli makes of them by some bytes, and nobody can tell
 * beforehand how. The same try always makes the same names.
 * @param {number} number
 */
function names(number) {
  let state = number * 2654435761; // a golden ratio of 32 bits apart
  const random = () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + number; // a step of xxHash's last mixing
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
  const first = LETTERS.map((letter, i) => ({ letter, at: i + random() * SPREAD })).sort((a, b) => a.at - b.at).map(({ letter }) => letter);
  const further = [...first, ..."0123456789"];
  return {
    /** @param {number} n */
    get(n) {
      let name = first[n % first.length];
      for (n = Math.floor(n / first.length); n > 0; n = Math.floor(n / further.length)) name += further[--n % further.length];
      return name;
    },
  };
}

/**
 * Minifies a script by terser, whose output is 150 bytes smaller than esbuild's once compressed, and takes the smallest of some tries.
 * @param {string} script
 * @param {{module: boolean, tries: number}} ways
 * @returns {Promise<string>}
 */
export async function shrink(script, { module, tries }) {
  const ways = { ecma: /** @type {const} */ (2020), toplevel: true, module };
  const { code = "" } = await minify(script, { ...ways, compress: { passes: 3, unsafe_arrows: true, hoist_funs: true }, mangle: false });
  let best = { script: code, length: Infinity };
  for (let number = 0; number < tries; number++) {
    const mangle = { properties: { regex: OURS }, ...(number > 0 && { nth_identifier: names(number) }) };
    const { code: made = "" } = await minify(code, { ...ways, compress: false, mangle, nameCache: { props: { props: { ...MEMBERS } } } });
    const script = (made.includes("=>") ? AT_ONCE : "") + made;
    const { length } = brotli(Buffer.from(script));
    if (length < best.length) best = { script, length };
  }
  return best.script;
}
