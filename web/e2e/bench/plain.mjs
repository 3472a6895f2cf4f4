// A browser that nothing but a few questions reach: what listens to each request and each script of a page, as test tools do, makes
// the page's main thread work for it.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEADLINE, FLAGS } from "../harness.mjs";

/** @typedef {(method: string, params?: object, sessionId?: string) => Promise<any>} Send a command of the DevTools protocol, by a page's session or the browser's */

/**
 * Starts Chromium, without a window.
 * @returns {Promise<{send: Send, close: () => Promise<void>}>}
 */
export async function plainBrowser() {
  const folder = await mkdtemp(join(tmpdir(), "assay-browser-"));
  const flags = [...FLAGS, "--headless", "--remote-debugging-pipe", `--user-data-dir=${folder}`];
  const child = spawn(process.env.CHROMIUM || "/usr/bin/chromium", flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const [, , , commands, answers] = /** @type {any[]} */ (child.stdio);
  /** @type {Map<number, {resolve: (result: any) => void, reject: (err: Error) => void, timer: NodeJS.Timeout}>} */
  const asked = new Map();
  let last = 0;
  let text = "";
  answers.setEncoding("utf8").on("data", (/** @type {string} */ part) => {
    const messages = (text + part).split("\0");
    text = messages.pop() ?? "";
    for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
      const question = asked.get(id);
      if (!question) continue; // an event
      asked.delete(id);
      clearTimeout(question.timer);
      if (error) question.reject(new Error(error.message));
      else question.resolve(result);
    }
  });
  return {
    send: (method, params, sessionId) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        const timer = setTimeout(() => reject(new Error(`the browser never answered ${method}`)), DEADLINE);
        asked.set(id, { resolve, reject, timer });
        commands.write(JSON.stringify({ id, method, params, sessionId }) + "\0");
      }),
    async close() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
