// How the tag gets into pages: pinned to a version, through a proxy, and by the recipes of docs/install.md, as they stand there.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";
import { api, onlyAlert } from "./feed.mjs";
import { LIMIT, person, rep, world } from "./harness.mjs";
import { shortForm, site } from "./pages.mjs";
import { checked, comesThrough, REACT_FORM, recipeFor } from "./recipes.mjs";
import { answerAll, askAt, brief, collectTouches, onlyTouch, scored } from "./visitor.mjs";

/** @typedef {import("node:test").TestContext} TestContext */

const FRAMEWORKS = ["react@19.2.0", "react-dom@19.2.0", "vue@3.5.22"];

const w = world();

/** @type {(heading: string, language: string) => string} */
const recipe = (heading, language) => recipeFor(w.server.url, heading, language);

/** @param {TestContext} t */
const marketer = (t) => rep(t, w, { who: "marketer" });

test("a pinned tag with its hash works", LIMIT, async (t) => {
  const email = "pinned@tag.test";
  const us = await marketer(t);
  const { pinned_tag } = await api(us, "/v1/install");
  const { url, posts } = await site(t, { "/": { html: shortForm(pinned_tag) } });
  const page = await person(t, w);
  const touches = collectTouches(page);
  await askAt(page, url, email);
  await page.waitForURL("**/thanks");
  await onlyAlert(us, email);
  assert.equal(posts.length, 1);
  onlyTouch(touches);
  const codes = (await checked(us, url)).findings.map(({ code }) => code);
  assert.ok(codes.includes("tag_pinned") && codes.includes("endpoint_reachable"), codes.join());
});

test("a wrong hash: the browser refuses the script, and the form works as without it", LIMIT, async (t) => {
  const us = await marketer(t);
  const { pinned_tag } = await api(us, "/v1/install");
  const wrong = pinned_tag.replace(/sha384-./, (/** @type {string} */ found) => (found.endsWith("A") ? "sha384-B" : "sha384-A"));
  const { url, posts } = await site(t, { "/": { html: shortForm(wrong) } });
  const page = await person(t, w, { tolerate: [/integrity/] });
  const touches = collectTouches(page);
  const refused = page.waitForEvent("console", (message) => /integrity/.test(message.text()));
  await page.goto(url);
  await refused;
  await answerAll(page, brief("wrong@hash.test"));
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL("**/thanks");
  assert.deepEqual(Object.fromEntries(new URLSearchParams(posts[0].body)), { name: "Ben Hollis", company: "Hollis", email: "wrong@hash.test" });
  assert.deepEqual(touches, []);
  const report = await checked(us, url);
  assert.equal(report.works, false);
  assert.ok(report.findings.some(({ code }) => code === "integrity_wrong"));
});

const SAID = "said@odd.test";
const ODD = [
  ...["email", "your-email", "contact[mail]", "E-Mail Address", "mailing", "fname", "name", "last_name", "username", "tel", "phone2", "mobile",
    "company", "organisation", "job_title", "untitled", "company-size", "country", "budget", "timeline", "need", "message", "comment",
    "how_heard", "colour", "pin", "pin_code", "spinner", "csrf_token", "cvv", "card-number", "zip code"].map((name) => `<input name="${name}" value="${SAID}">`),
  `<input name="a" type="email" value="${SAID}">`, `<input name="b" type="tel" value="${SAID}">`, `<input name="c" type="odd" value="${SAID}">`,
  `<input name="d" autocomplete="work email" value="${SAID}">`, `<input name="email" autocomplete="organization" value="${SAID}">`,
  `<input name="company" autocomplete="one-time-code otp" value="${SAID}">`, `<input name="phone" autocomplete="off" value="${SAID}">`,
  `<input name="email" data-assay-field="role" value="${SAID}">`, `<input name="e" data-assay-field="plan" value="${SAID}">`,
  `<input name="email" type="hidden" value="${SAID}">`, `<input name="email" type="password" value="${SAID}">`,
  `<input name="email" disabled value="${SAID}">`, `<fieldset disabled><input name="email" value="${SAID}"></fieldset>`,
  `<p data-assay-ignore><input name="email" value="${SAID}"></p>`, `<textarea name="message">${SAID}</textarea>`,
  `<select name="industry"><option>${SAID}</select>`, `<input type="checkbox" name="call_now" value="${SAID}" checked>`,
];

test("a check understands fields as the script does", LIMIT, async (t) => {
  const us = await marketer(t);
  const { tag } = await api(us, "/v1/install");
  const forms = ODD.map((field, i) => `<form data-assay-form="odd-${i}" data-assay-kind="other">${field}</form>`);
  const stay = `<script>addEventListener("submit", (event) => event.preventDefault())</script>`;
  const { url } = await site(t, { "/": { html: `<!doctype html><title>Odd</title>${tag}${stay}${forms.join("\n")}` } });
  const page = await person(t, w, { tolerate: [/status of 422/] });
  const touches = collectTouches(page);
  await page.goto(url);
  await scored(page);
  const all = page.waitForRequest(() => new Set(touches.map(({ form }) => form)).size === ODD.length);
  await page.evaluate(() => [...document.forms].forEach((form) => form.requestSubmit()));
  await all;
  const report = /** @type {any} */ (await checked(us, url));
  /** @type {(i: number) => any} */
  const touchOf = (i) => touches.find(({ form }) => form === `odd-${i}`);
  ODD.forEach((field, i) => {
    const [{ name, as }] = report.forms[i].fields;
    const { profile, answers } = touchOf(i);
    const said = Object.keys(profile)[0] ?? (Object.keys(answers).length > 0 ? "answer" : undefined);
    assert.equal(as === "never" || as === "dropped" ? undefined : as, said, `${field}: ${name} is ${as}`);
  });
});

/** @type {string} */
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-recipes-"));
  await promisify(execFile)("npm", ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", ...FRAMEWORKS]);
}, { timeout: 120_000 });
test.after(() => rm(folder, { recursive: true }));

/**
 * A page that is nothing but a script.
 * @param {string} code
 */
async function app(code) {
  const { outputFiles } = await build({
    stdin: { contents: code, loader: "jsx", resolveDir: folder },
    bundle: true, write: false, jsx: "automatic", format: "iife", logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>App</title><div id="app"></div><script>${outputFiles[0].text}</script></html>`;
}

test("the recipe for React: controlled inputs, sent by the page's own code", LIMIT, async (t) => {
  const html = await app(`
import { createRoot } from "react-dom/client";
${REACT_FORM}
${recipe("React", "jsx")}
createRoot(document.getElementById("app")).render(<><AssayTag /><AssayTag /><Form /></>);`);
  await comesThrough(t, w, await site(t, { "/": { html } }), "react@recipe.test");
});

test("the recipe for Vue: models on inputs, sent by the page's own code", LIMIT, async (t) => {
  const html = await app(`
import { createApp } from "vue/dist/vue.esm-bundler.js";
${recipe("Vue", "js")}
addAssay();
createApp({
  data: () => ({ said: { name: "", company: "", email: "" }, sent: false }),
  methods: {
    async submit() {
      await fetch("/own", { method: "POST", body: JSON.stringify(this.said) });
      this.sent = true;
    },
  },
  template: \`<h1 v-if="sent">Thank you, {{ said.name }} of {{ said.company }} ({{ said.email }})</h1>
    <form v-else @submit.prevent="submit" data-assay-form="quick-demo" data-assay-kind="demo">
      <label>Name <input name="name" v-model="said.name"></label>
      <label>Company <input name="company" v-model="said.company"></label>
      <label>Business mail <input name="email" type="email" v-model="said.email"></label>
      <button>Send</button>
    </form>\`,
}).mount("#app");`);
  await comesThrough(t, w, await site(t, { "/": { html } }), "vue@recipe.test");
});

test("the custom code for Google Tag Manager adds a tag that works", LIMIT, async (t) => {
  const us = await marketer(t);
  const { url } = await site(t, { "/": { html: shortForm(recipe("Google Tag Manager", "html")) } });
  const page = await person(t, w);
  await page.goto(url);
  await scored(page);
  const codes = (await checked(us, url)).findings.map(({ code }) => code);
  assert.ok(codes.includes("tag_by_script"), codes.join());
});

/**
 * A customer's own host that has a page and passes on what nginx would with these lines, and nothing else.
 * @param {TestContext} t
 * @param {string} html
 * @param {string} lines
 */
async function proxy(t, html, lines) {
  const locations = [...lines.matchAll(/^location (= )?(\S+) \{ proxy_pass (https?:\/\/[^/;]+)(\/\S*)?; \}$/gm)].map(
    ([, exact, path, host, to]) => ({ exact, path, host, to }),
  );
  assert.equal(locations.length, lines.trim().split("\n").length, "every line is one that nginx and this proxy read alike");
  const server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    const bare = path.split("?")[0];
    const found = locations.find(({ exact, path }) => (exact ? bare === path : bare.startsWith(path)));
    if (!found) {
      response.writeHead(["/", "/thanks", "/favicon.ico"].includes(path) ? 200 : 404, { "Content-Type": "text/html; charset=utf-8" });
      response.end(path === "/thanks" ? "thanks" : html);
      return;
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { host, connection, ...headers } = /** @type {Record<string, string>} */ (request.headers);
    const answer = await fetch(found.host + (found.to ?? path), {
      method: request.method,
      headers: { ...headers, "accept-encoding": "identity" },
      body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
    });
    const kept = [...answer.headers].filter(([name]) => name !== "connection" && name !== "transfer-encoding");
    response.writeHead(answer.status, Object.fromEntries(kept));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
}

test("through the customer's own host, under a name of its own", LIMIT, async (t) => {
  const email = "first@party.test";
  const us = await marketer(t);
  const heading = "Through your own host";
  const noticed = shortForm(recipe(heading, "html")).replace("<button>", "<p data-assay-notice></p><button>");
  const url = await proxy(t, noticed, recipe(heading, "nginx"));
  const page = await person(t, w);
  const touches = collectTouches(page);
  /** @type {Set<string>} */
  const hosts = new Set();
  page.context().on("request", (request) => void hosts.add(new URL(request.url()).origin));
  await page.goto(url);
  await scored(page);
  const opening = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Your choices" }).click();
  const choices = await opening;
  await choices.getByRole("heading", { name: `What your browser holds for ${url}` }).waitFor();
  await choices.close();
  await askAt(page, url, email);
  await page.waitForURL("**/thanks");
  await onlyAlert(us, email);
  onlyTouch(touches);
  assert.deepEqual([...hosts], [url], "the visitor's browser asks the customer's host alone");
  const report = await checked(us, url);
  const codes = report.findings.map(({ code }) => code);
  assert.ok(report.works && codes.includes("endpoint_reachable") && codes.includes("origin_allowed"), JSON.stringify(report.findings));
});
