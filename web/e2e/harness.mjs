// What every end-to-end test stands on: the real server, a real browser, and people who use them.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Browser} Browser */
/** @typedef {import("node:test").TestContext} TestContext */
/** @typedef {{url: string, link: string, tool(...args: string[]): Promise<string>, stop(): Promise<void>}} Server */
/**
 * @typedef {object} Ways how somebody's browser differs from everybody's
 * @property {RegExp[]} [tolerate] console errors that this test is about
 * @property {boolean} [javaScriptEnabled]
 * @property {() => void} [script] runs in each of their documents before anything else
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PASSWORD = "end-to-end, and nowhere else";
/** Milliseconds that anything awaited may take on a slow and busy machine. */
export const DEADLINE = 30_000;
/** Bounds a whole test. */
export const LIMIT = { timeout: 120_000 };

/** How every browser is started. */
export const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/**
 * A server and a browser for the tests of one file; to be called at its top.
 * @param {...string} flags further ones of the server
 * @returns {{server: Server, browser: Browser}}
 */
export function world(...flags) {
  const w = /** @type {{server: Server, browser: Browser}} */ ({});
  before(async () => {
    [w.server, w.browser] = await Promise.all([startServer(...flags), startBrowser()]);
  }, LIMIT);
  after(async () => {
    await w.browser?.close();
    await w.server?.stop();
  }, LIMIT);
  return w;
}

/**
 * @param {import("playwright-core").LaunchOptions} [ways] further flags (`args`), and flags of Playwright's to go without
 * @returns {Promise<Browser>}
 */
export const startBrowser = ({ args = [], ...ways } = {}) =>
  chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: [...FLAGS, ...args], ...ways });

/**
 * Starts the server with the demo site on an empty store.
 * @param {...string} flags further ones
 * @returns {Promise<Server>}
 */
export async function startServer(...flags) {
  const folder = await mkdtemp(join(tmpdir(), "assay-e2e-"));
  const child = spawn(join(ROOT, "bin/assay"), ["serve", "-demo", "-addr", "127.0.0.1:0", "-data-dir", folder, ...flags], {
    env: { ASSAY_DEMO_PASSWORD: PASSWORD },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  /** @type {string[]} */
  const said = [];
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
  ended.then(() => process.off("exit", kill));

  /** @type {(stream: import("node:stream").Readable, wanted: RegExp) => Promise<string>} */
  const read = (stream, wanted) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the server never said ${wanted}:\n${said.join("\n")}`)), DEADLINE);
      ended.then((code) => reject(new Error(`the server ended with ${code}:\n${said.join("\n")}`)));
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const match = wanted.exec(line);
        if (!match) return;
        clearTimeout(timer);
        resolve(match[1]);
      });
    });
  const [addr, link] = await Promise.all([
    read(child.stderr, /\baddr=(\S+)/),
    read(child.stdout, /(http:\S+#open=\S+)/),
  ]).catch((err) => {
    kill();
    throw err;
  });
  return {
    url: `http://${addr}`,
    link,
    /** Runs one of the server's commands on its store, such as `site add`, and gives what it prints. */
    async tool(...args) {
      const { stdout } = await promisify(execFile)(join(ROOT, "bin/assay"), [...args, "-data-dir", folder]);
      return stdout.trim();
    },
    async stop() {
      child.kill("SIGTERM");
      const late = setTimeout(kill, DEADLINE);
      const code = await ended;
      clearTimeout(late);
      await rm(folder, { recursive: true });
      assert.equal(code, 0, `the server drains and exits 0 on SIGTERM:\n${said.join("\n")}`);
      assert.deepEqual(said.filter((line) => /level=ERROR|panic/.test(line)), [], "the server logs no error");
    },
  };
}

/**
 * Somebody with a browser of their own. A page error, a console error or a breach of a CSP fails the test.
 * @param {TestContext} t
 * @param {{server: Server, browser: Browser}} w
 * @param {Ways} [ways]
 * @returns {Promise<Page>}
 */
export async function person(t, w, { tolerate = [], javaScriptEnabled = true, script } = {}) {
  const context = await w.browser.newContext({ javaScriptEnabled, baseURL: w.server.url });
  context.setDefaultTimeout(DEADLINE);
  /** @type {string[]} */
  const problems = [];
  context.on("weberror", (error) => problems.push(`page error: ${error.error().stack}`));
  context.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  await context.addInitScript(() =>
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.error("CSP:", violatedDirective, blockedURI),
    ),
  );
  if (script) await context.addInitScript(script);
  t.after(async () => {
    await context.close();
    assert.deepEqual(problems.filter((text) => !tolerate.some((known) => known.test(text))), [], "the browser reports no error");
  });
  return context.newPage();
}

/**
 * A rep at their feed, signed in through the screens and connected to the stream.
 * @param {TestContext} t
 * @param {{server: Server, browser: Browser}} w
 * @param {Ways & {who?: string}} [ways]
 */
export async function rep(t, w, { who = "rep", tolerate = [], ...ways } = {}) {
  // Asking who is signed in is answered 401 before anybody is, and browsers log that.
  const page = await person(t, w, { ...ways, tolerate: [/401.*\/v1\/session/, ...tolerate] });
  await signIn(page, who);
  return page;
}

/**
 * Signs one of the demo's people in and waits until their feed is live.
 * @param {Page} page
 * @param {string} who the name before the @
 */
export async function signIn(page, who) {
  await page.goto("/");
  await fillIn(page, who);
  await page.waitForURL("/feed");
  await live(page);
}

/**
 * Fills in the sign-in screen that a page shows, and sends it.
 * @param {Page} page
 * @param {string} who the name before the @
 */
export async function fillIn(page, who) {
  await page.getByLabel("Mail address").fill(`${who}@demo.test`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/**
 * Waits until the stream to this page is open; a failure says what the page shows instead.
 * @param {Page} page
 */
export async function live(page) {
  try {
    await page.locator("[data-connection=live]").waitFor();
  } catch (cause) {
    throw new Error(`not live: ${page.url()} shows ${await page.locator("body").innerText()}`, { cause });
  }
}
