// Pages of somebody else's site, on an origin of its own.
import { createServer } from "node:http";

/** @typedef {{html: string, headers?: Record<string, string>}} Answer */
/** @typedef {{url: string, posts: {path: string, body: string}[]}} Site */

/**
 * Serves pages on localhost for as long as a test runs, and keeps what is posted. A post without a page of its own
 * is answered by a line of text.
 * @param {import("node:test").TestContext} t
 * @param {Record<string, Answer>} pages by path
 * @returns {Promise<Site>}
 */
export async function site(t, pages) {
  /** @type {Site["posts"]} */
  const posts = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += chunk;
      posts.push({ path, body });
    }
    const page = pages[path] ?? { html: "taken" };
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...page.headers });
    response.end(page.html);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  server.unref(); // a hook that fails before the next one must not keep the process
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://localhost:${port}`, posts };
}

/**
 * A page with a short form of kind demo.
 * @param {string} head
 */
export const shortForm = (head) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Short form</title>
${head}
</head>
<body>
<h1>Ask us</h1>
<form method="post" action="/thanks" data-assay-form="quick-demo" data-assay-kind="demo">
<label>Name <input name="name" required></label>
<label>Company <input name="company" required></label>
<label>Business mail <input name="email" type="email" required></label>
<button>Send</button>
</form>
</body>
</html>`;

/**
 * The tag, as the documentation gives it.
 * @param {string} host
 */
export const tag = (host) => `<script src="${host}/assay.js" data-site="demo" data-consent="not-required" async></script>`;
