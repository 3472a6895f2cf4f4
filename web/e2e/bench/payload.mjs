// What a first visit receives for Assay, over the wire.
import { person } from "../harness.mjs";
import { scored } from "../visitor.mjs";
import { count, line } from "./numbers.mjs";

/** Bytes of bodies; the wire's share also holds the heads, and is to fit one first TCP flight of ten segments. */
const BODIES = 11_500;
const WIRE = 14_600;

/** Scripts alone, brotli, of others: measured with the same compressor. */
const OTHERS = { "GoatCounter count.js": 2728, "Snowplow lite": 15_799, "posthog-js": 102_457 };

/** @type {[name: string, path: RegExp][]} */
const PARTS = [
  ["script", /\/assay\.js$/],
  ["engine", /\/engine\/\w+\.wasm$/],
  ["model", /\/models\/[\w-]+\.bin$/],
];

/**
 * @param {import("node:test").TestContext} t
 * @param {{server: import("../harness.mjs").Server, browser: import("playwright-core").Browser}} w
 * @returns {Promise<string[]>} promises broken
 */
export async function weighFirstVisit(t, w) {
  const page = await person(t, w);
  /** @type {import("playwright-core").Request[]} */
  const requests = [];
  page.on("requestfinished", (request) => requests.push(request));
  await page.goto("/demo/book-a-demo/");
  await scored(page);

  console.log("First visit: what Chromium received for Assay, in brotli");
  const broken = [];
  let bodies = 0, wire = 0;
  for (const [name, path] of PARTS) {
    const found = requests.filter((request) => path.test(new URL(request.url()).pathname));
    if (found.length !== 1) throw new Error(`${name}: ${found.length} requests`);
    const encoding = (await (await found[0].response())?.allHeaders())?.["content-encoding"];
    if (encoding !== "br") broken.push(`the ${name} came as ${encoding}, not in brotli`);
    const { responseBodySize, responseHeadersSize } = await found[0].sizes();
    bodies += responseBodySize;
    wire += responseBodySize + responseHeadersSize;
    line(name, `${count(responseBodySize)} bytes`);
  }
  line("all three", `${count(bodies)} bytes`, `of ${count(BODIES)}; with their heads ${count(wire)} of ${count(WIRE)}`);
  // What few pages use: this one has a notice, and parts that it shows by band.
  for (const request of requests.filter((request) => /\/engine\/\w+\.js$/.test(request.url()))) {
    const { responseBodySize, responseHeadersSize } = await request.sizes();
    wire += responseBodySize + responseHeadersSize;
    line("beside them, since this page asks", `${count(responseBodySize)} bytes`, `with it and all heads ${count(wire)} of ${count(WIRE)}`);
  }
  for (const [name, bytes] of Object.entries(OTHERS)) {
    line(`beside it: ${name}`, `${count(bytes)} bytes`, `all of Assay is ${count(bodies / bytes, 2)} of it`);
  }
  if (bodies > BODIES) broken.push(`the first visit is ${bodies} bytes, over ${BODIES}`);
  if (wire > WIRE) broken.push(`the first visit is ${wire} bytes with heads, over ${WIRE}`);
  return broken;
}
