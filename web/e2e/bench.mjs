// The figures that need a browser: `make bench`. Exits 1 when one of them breaks its promise.
import { cpus, loadavg } from "node:os";
import { timeAlerts } from "./bench/alerts.mjs";
import { timeMainThread } from "./bench/blocking.mjs";
import { timeEngines } from "./bench/engines.mjs";
import { timeVisitor } from "./bench/handlers.mjs";
import { weighFirstVisit } from "./bench/payload.mjs";
import { startBrowser, startServer } from "./harness.mjs";

/** @type {(() => Promise<void>)[]} */
const closing = [];
/** What the harness's people need of a test. */
const t = /** @type {import("node:test").TestContext} */ (
  /** @type {unknown} */ ({ after: (/** @type {() => Promise<void>} */ fn) => closing.push(fn) })
);

const [server, browser] = await Promise.all([startServer(), startBrowser()]);
console.log(`${cpus().length} processors; load average at the start ${loadavg()[0].toFixed(1)}, and what else runs makes times longer\n`);
/** @type {string[]} */
const broken = [];
for (const measure of [weighFirstVisit, timeMainThread, timeVisitor, timeEngines, timeAlerts]) {
  broken.push(...(await measure(t, { server, browser })));
  console.log();
}
for (const close of closing) await close();
await browser.close();
await server.stop();
for (const promise of broken) console.error(`bench: ${promise}`);
process.exitCode = broken.length ? 1 : 0;
