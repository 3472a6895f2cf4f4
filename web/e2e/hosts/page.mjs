// A theme's page on an origin of its own, as a site that took the theme would serve it: with our tag, and without.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { tag } from "../pages.mjs";

/** @typedef {{path: string, entries: string[][]}} Post what arrived at the site */
/** @typedef {{plain: string, tagged: string, posts: Post[], next(): Promise<void>}} Served the two pages, and what their forms sent */

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css", ".html": "text/html; charset=utf-8", ".ico": "image/x-icon", ".jpg": "image/jpeg", ".js": "text/javascript",
  ".png": "image/png", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".woff": "font/woff", ".woff2": "font/woff2",
};

const FORM = /<form\b[^>]*>/g;
const FIELD = /<(?:input|select|textarea)\b[^>]*/g;

/**
 * What a site does with a theme's form before it is of use, tag or no tag: it tells the form where to send, and names the fields.
 * @param {string} html
 * @param {import("./themes.mjs").Theme} theme
 */
function adopt(html, { nth = 0, names = [], own, edit }) {
  if (edit) {
    if (!html.includes(edit[0])) throw new Error(`the theme has no ${edit[0]}`);
    html = html.replace(...edit);
  }
  const { 0: open, index: start } = [...html.matchAll(FORM)][nth];
  const inside = start + open.length;
  const end = html.indexOf("</form>", start);
  const missing = [...names];
  const fields = html.slice(inside, end).replace(FIELD, (field) => {
    const name = /\sname="/.test(field) ? undefined : missing.shift();
    return name ? field.replace(/^<\w+/, `$& name="${name}"`) : field;
  });
  if (missing.length) throw new Error(`the theme has no field to be named ${missing}`);
  const sends = open.replace(/\s(?:action|method)="[^"]*"/g, "").replace(/>$/, ` action="/taken" method="post">`);
  return { before: html.slice(0, start), open: own ? open : sends, after: fields + html.slice(end) };
}

/**
 * Serves a theme's folder for as long as a test runs.
 * @param {import("node:test").TestContext} t
 * @param {string} folder
 * @param {import("./themes.mjs").Theme} theme
 * @param {string} host of the tag
 * @returns {Promise<Served>}
 */
export async function serve(t, folder, theme, host) {
  const { before, open, after } = adopt(await readFile(join(folder, theme.page), "utf8"), theme);
  const plain = before + open + after;
  const marked = open.replace(/>$/, ` data-assay-form="${theme.name}" data-assay-kind="demo">`);
  const tagged = before.replace("</head>", `${tag(host)}</head>`) + marked + after;

  /** @type {Post[]} */
  const posts = [];
  /** @type {() => void} */
  let tell = () => {};
  const next = () => /** @type {Promise<void>} */ (new Promise((resolve) => (tell = resolve)));
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += chunk;
      posts.push({ path: pathname, entries: [...new URLSearchParams(body)] });
      response.writeHead(200, { "Content-Type": TYPES[".html"] }).end("<!doctype html><title>Taken</title>");
      tell();
      return;
    }
    if (pathname === "/favicon.ico") {
      response.writeHead(204).end(); // asked for once by the browser, not by each page
      return;
    }
    const type = TYPES[extname(pathname)] ?? "application/octet-stream";
    const page = pathname === `/${theme.page}`;
    const body = page ? (search ? tagged : plain) : await readFile(join(folder, decodeURI(pathname))).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, { "Content-Type": type }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  server.unref();
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const url = `http://localhost:${port}/${theme.page}`;
  return { plain: url, tagged: `${url}?tag`, posts, next };
}
