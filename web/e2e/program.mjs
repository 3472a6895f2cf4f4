// A program of a site's own, as admins let one in: it asks the server, and changes the site's settings.
import assert from "node:assert/strict";

/**
 * @param {{server: import("./harness.mjs").Server}} w whose server may come later
 * @param {object} [first] settings to begin with
 */
export function program(w, first, site = "demo") {
  /** @type {Promise<Record<string, string>> | undefined} */
  let entry;
  const headers = () =>
    (entry ??= (async () => {
      const secret = await w.server.tool("token", "add", "-site", site, "-name", "test", "-role", "admin");
      const headers = { Authorization: `Bearer ${secret}`, "Content-Type": "application/json" };
      if (first) await change(first, headers);
      return headers;
    })());

  /** @type {(changes: object, headers: Record<string, string>) => Promise<void>} */
  async function change(changes, headers) {
    const address = `${w.server.url}/v1/sites/${site}`;
    const now = await (await fetch(address, { headers })).json();
    const done = await fetch(address, { method: "PUT", headers, body: JSON.stringify({ ...now, ...changes }) });
    assert.equal(done.status, 200, await done.text());
  }

  return {
    /** Asks the server. @type {(path: string) => Promise<any>} */
    ask: async (path) => (await fetch(w.server.url + path, { headers: await headers() })).json(),
    /** Changes some of the site's settings; with none, has those that it begins with in force. @type {(changes?: object) => Promise<void>} */
    async set(changes) {
      const by = await headers();
      if (changes) await change(changes, by);
    },
  };
}

/** Waits for a condition. @type {(ready: () => Promise<boolean>) => Promise<void>} */
export async function until(ready) {
  for (const end = Date.now() + 60_000; !(await ready()); await new Promise((next) => setTimeout(next, 50))) {
    assert.ok(Date.now() < end, "it never came to be so");
  }
}
