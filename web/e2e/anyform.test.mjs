// Any form: what the page's own endpoint gets is the same with and without the tag, entry by entry, and one touch arrives.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { DEADLINE, LIMIT, person, world } from "./harness.mjs";
import { tag } from "./pages.mjs";
import { shapes } from "./shapes.mjs";
import { answer, collectTouches, onlyTouch, scored } from "./visitor.mjs";

/** @typedef {import("node:test").TestContext} TestContext */
/** @typedef {import("./shapes.mjs").Shape} Shape */
/** @typedef {{where: string, entries: unknown}} Post */

const w = world();
const email = "ann@shapes.test";
const WEB = fileURLToPath(new URL("..", import.meta.url));

/**
 * What a browser posted: pairs of names and values, files with their content, or a text.
 * @param {Buffer} body
 * @param {string} type
 */
async function entriesOf(body, type) {
  if (!/form/.test(type)) return body.toString();
  const data = await new Response(new Uint8Array(body), { headers: { "Content-Type": type } }).formData();
  return Promise.all(
    [...data].map(async ([name, value]) => [name, typeof value === "string" ? value : [value.name, value.type, await value.text()]]),
  );
}

/**
 * Somebody's site, which keeps what reaches /in. Its answer to anything else that it does not know is a line of text.
 * @param {TestContext} t
 * @param {Record<string, string>} pages
 */
async function endpoint(t, pages) {
  /** @type {Post[]} */
  const posts = [];
  const server = createServer(async (request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (pathname === "/in") {
      const got = request.method === "GET";
      const entries = got ? [...searchParams] : await entriesOf(Buffer.concat(chunks), request.headers["content-type"] ?? "");
      posts.push({ where: `${request.method} ${got ? "" : search}`, entries });
    }
    const script = pathname.endsWith(".js");
    response.writeHead(200, { "Content-Type": script ? "text/javascript" : "text/html; charset=utf-8" });
    response.end(pages[pathname] ?? "<!doctype html><title>Taken</title>Taken");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  server.unref();
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://localhost:${port}`, posts };
}

/**
 * Waits until something is so.
 * @param {string} what
 * @param {() => unknown} so
 */
async function until(what, so) {
  for (const end = Date.now() + DEADLINE; !so(); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() > end) assert.fail(`never: ${what}`);
  }
}

/** Whether an address is where forms are sent. */
const taken = (/** @type {string} */ address) => new URL(address, "http://localhost").pathname === "/in";

/**
 * Waits until a page, a frame of it or a tab that it opened is where its form leads.
 * @param {import("playwright-core").Page} page
 */
async function arrived(page) {
  const frames = () => page.context().pages().flatMap((tab) => tab.frames());
  await until("the answer to the form", () => frames().some((frame) => taken(frame.url())));
  await frames().find((frame) => taken(frame.url()))?.waitForLoadState();
}

/**
 * Fills a shape in and sends it, with the tag or without; gives what the site and what our server got.
 * @param {TestContext} t
 * @param {Shape} shape
 * @param {string} tag
 */
async function fillIn(t, shape, tag) {
  const { title, html, pages, open, more, send } = shape;
  const page$ = `<!doctype html><html lang="en"><title>${title}</title>${tag}<body>${html}`;
  const all = Object.entries({ "/": page$, ...pages }).map(([path, html]) => [path, html.replace("<!--tag-->", tag)]);
  const { url, posts } = await endpoint(t, Object.fromEntries(all));
  const page = await person(t, w, { tolerate: [/favicon/] });
  const touches = collectTouches(page);
  await page.goto(url);
  if (tag) await page.waitForFunction(() => /** @type {any} */ (window).assay?.loaded);
  await open?.(page);
  const place = pages?.["/frame"] ? page.frames()[1] : page;
  if (tag && place !== page) await scored(place); // once the frame is taken in
  await answer(place, ["Name", "Ann Berg"]);
  await answer(place, ["Email", email]);
  await more?.(page);
  const answered = page.context().waitForEvent("response", (answer) => taken(answer.url()));
  await (send ? send(page) : place.getByRole("button", { name: "Send", exact: true }).click());
  await until("the site's own endpoint", () => posts.length);
  if (tag) await until("a touch", () => touches.length);
  // Whatever the submit loads is there before the page is left: one navigation would be in the other's way.
  if ((await answered).request().isNavigationRequest()) await arrived(page);
  // Whatever would still come of this page comes before it has gone.
  await page.goto(`${url}/end`);
  return { posts, touches };
}

/** @type {(t: TestContext, shape: Shape) => Promise<void>} */
async function same(t, shape) {
  const without = await fillIn(t, shape, "");
  const having = await fillIn(t, shape, tag(w.server.url));
  assert.deepEqual(having.posts, without.posts);
  assert.equal(having.posts.length, 1, "sent once");
  const touch = onlyTouch(having.touches);
  assert.equal(touch.profile.email, email);
  assert.equal(touch.form, shape.form ?? "asked");
}

for (const shape of shapes) test(`a form ${shape.title}`, LIMIT, (t) => same(t, shape));

/**
 * A page's script with its framework, bundled.
 * @param {string} contents
 */
async function bundle(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: WEB, loader: "jsx" },
    absWorkingDir: WEB, // aliases are looked up from there
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    alias: { vue: "vue/dist/vue.esm-bundler.js" },
    define: { "process.env.NODE_ENV": `"production"`, __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
    logLevel: "error",
  });
  return outputFiles[0].text;
}

const react = `
import { useState } from "react";
import { createRoot } from "react-dom/client";
function Ask() {
  const [said, say] = useState({ name: "", email: "" });
  const [sent, done] = useState(false);
  const on = (key) => ({ value: said[key], onChange: (event) => say({ ...said, [key]: event.target.value.trimStart() }) });
  const send = async (event) => {
    event.preventDefault();
    await fetch("/in", { method: "POST", body: JSON.stringify(said) });
    done(true);
  };
  if (sent) return <p>Sent</p>;
  return <form data-assay-form="asked" data-assay-kind="demo" onSubmit={send}>
    <label>Name <input name="name" {...on("name")} /></label><label>Email <input type="email" {...on("email")} /></label><button>Send</button>
  </form>;
}
createRoot(document.getElementById("app")).render(<Ask />);`;

const vue = `
import { createApp } from "vue";
createApp({
  data: () => ({ name: "", email: "", sent: false }),
  methods: { async send() {
    await fetch("/in", { method: "POST", body: JSON.stringify({ name: this.name, email: this.email }) });
    this.sent = true;
  } },
  template: \`<p v-if="sent">Sent</p><form v-else data-assay-form="asked" data-assay-kind="demo" @submit.prevent="send">
    <label>Name <input name="name" v-model.trim="name"></label><label>Email <input type="email" v-model.lazy="email"></label><button>Send</button></form>\`,
}).mount("#app");`;

for (const [title, source] of [["React controls", react], ["Vue controls", vue]]) {
  test(`a form that ${title}`, LIMIT, async (t) =>
    same(t, { title, html: `<div id="app"></div><script src="/app.js"></script>`, pages: { "/app.js": await bundle(source) } }),
  );
}

const plain = `<form data-assay-form="asked" method="post" action="/in"><label>Name <input name="name"></label> <label>Email <input name="email"></label>`;

/** @type {[title: string, html: string, leave: (page: import("playwright-core").Page) => Promise<unknown>][]} */
const unsent = [
  [
    "a page that looks at its form with each answer, and is left by a link",
    `${plain}<button>Send</button></form><a href="/end">Away</a><script>const form = document.forms[0];
     form.onchange = () => fetch("/draft", { method: "POST", body: new FormData(form) });</script>`,
    (page) => page.getByText("Away").click(),
  ],
  [
    "a page that looks at one form and sends another",
    `${plain}</form><form action="/end"><button>Search</button></form><script>document.forms[0].onchange = ({ target }) => new FormData(target.form);</script>`,
    (page) => page.getByText("Search").click(),
  ],
  [
    "a dialog that is closed by its button",
    `<dialog open>${plain}<button formmethod="dialog">Cancel</button></form></dialog><a href="/end">Away</a>`,
    async (page) => {
      await page.getByText("Cancel").click();
      await page.locator("dialog:not([open])").waitFor({ state: "attached" });
      await page.getByText("Away").click();
    },
  ],
];
for (const [title, html, leave] of unsent) {
  test(`${title}: nothing is sent`, LIMIT, async (t) => {
    const { url, posts } = await endpoint(t, { "/": `<!doctype html><title>Page</title>${tag(w.server.url)}${html}` });
    const page = await person(t, w, { tolerate: [/favicon/] });
    const touches = collectTouches(page);
    await page.goto(url);
    await answer(page, ["Name", "Ann Berg"]);
    await answer(page, ["Email", email]);
    await leave(page);
    await page.waitForURL("**/end*");
    await page.goto(url); // which would send what had been left waiting
    await page.waitForFunction(() => /** @type {any} */ (window).assay?.loaded);
    assert.deepEqual([touches, posts], [[], []]);
  });
}
