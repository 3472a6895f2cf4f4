// What of a visit with the tag no visit without it shows.
import { difference, NOISE } from "./pictures.mjs";

/** @typedef {import("./visit.mjs").Seen} Seen */

/** With the tag a theme may shift by this many times what it shifts without it. */
const TWICE = 2;

/** The element that moved, of a line that says from where to where. */
const element = (/** @type {string} */ moved) => moved.split(" from ")[0];

/**
 * Names what nobody would have seen without the tag; empty where the tag cannot be noticed.
 * @param {import("playwright-core").Page} page any, to read pictures with
 * @param {Seen[]} plain visits without the tag
 * @param {Seen} tagged
 * @returns {Promise<string[]>}
 */
export async function unlike(page, plain, tagged) {
  /** @type {(key: "before" | "after") => Promise<number>} */
  const least = async (key) => Math.min(...(await Promise.all(plain.map((seen) => difference(page, seen[key], tagged[key])))));
  const [before, after] = [await least("before"), await least("after")];
  const shift = Math.max(...plain.map((seen) => seen.shift));
  // A theme's own labels and bars glide, and a browser counts as many of their steps as it happens to draw.
  const glides = new Set(plain.flatMap((seen) => seen.moved.map(element)));
  const shifts = tagged.moved.some((moved) => !glides.has(element(moved))) || tagged.shift > TWICE * shift;
  const said = new Set(plain.flatMap((seen) => seen.said));
  return [
    ...(before > NOISE ? [`the page looks different by ${before}`] : []),
    ...(after > NOISE ? [`the filled form looks different by ${after}`] : []),
    ...(shifts ? [`the page shifts by ${tagged.shift}, without the tag by ${shift}: ${tagged.moved.join("; ")}`] : []),
    ...(plain.some((seen) => seen.form === tagged.form) ? [] : [`the form's markup is not the page's own: ${tagged.form}`]),
    ...(plain.some((seen) => `${seen.values}` === `${tagged.values}`) ? [] : [`the fields hold ${tagged.values}`]),
    ...tagged.said.filter((text) => !said.has(text)).map((text) => `the console says ${text}`),
  ];
}
