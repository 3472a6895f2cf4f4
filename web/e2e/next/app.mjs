// A small app of Next's App Router with the recipe of docs/install.md, built and started by Next itself.
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { installed } from "../../installed.mjs";
import { REACT_FORM } from "../recipes.mjs";

const place = new URL("./", import.meta.url);

/**
 * The app's files: a page to come from, two with a form, and where the second leads.
 * @param {string} recipe an import, an empty line, and an element for the layout's body
 * @returns {Record<string, string>}
 */
function files(recipe) {
  const [imports, element] = recipe.split("\n\n");
  return {
    // What Next builds may not lie above the packages.
    "next.config.mjs": `export default { turbopack: { root: ${JSON.stringify(fileURLToPath(place))} } };`,
    "app/layout.jsx": `${imports}
export const metadata = { title: "App", icons: "data:," };
export default function Layout({ children }) {
  return <html lang="en"><body>{children}${element.trim()}</body></html>;
}`,
    "app/page.jsx": `import Link from "next/link";
export default function Home() {
  return <><h1>Home</h1><Link href="/ask">Ask us</Link> <Link href="/call">Call us</Link></>;
}`,
    "app/ask/page.jsx": `"use client";
${REACT_FORM}
export default Form;`,
    "app/call/page.jsx": `import { redirect } from "next/navigation";
import { tell } from "../tell";
async function call(data) {
  "use server";
  const said = { name: data.get("name"), company: data.get("company"), email: data.get("email") };
  await tell(JSON.stringify(said));
  redirect("/thanks?" + new URLSearchParams(said));
}
export default function Call() {
  return <form action={call} data-assay-form="quick-demo" data-assay-kind="demo">
    <label>Name <input name="name" /></label> <label>Company <input name="company" /></label>
    <label>Business mail <input type="email" name="email" /></label> <button>Send</button>
  </form>;
}`,
    "app/thanks/page.jsx": `export default async function Thanks({ searchParams }) {
  const { name, company, email } = await searchParams;
  return <h1>{"Thank you, " + name + " of " + company + " (" + email + ")"}</h1>;
}`,
    "app/own/route.js": `import { tell } from "../tell";
export async function POST(request) {
  await tell(await request.text());
  return new Response();
}`,
    "app/tell.js": `export const tell = (body) => fetch(process.env.OFFICE + "/own", { method: "POST", body });`,
  };
}

/**
 * Builds the app and serves it for as long as a test runs.
 * @param {import("node:test").TestContext} t
 * @param {string} recipe
 * @param {string} office where the app's own server passes on what its forms sent
 * @returns {Promise<string>} the app's address
 */
export async function serveApp(t, recipe, office) {
  const next = join(installed(place), "next/dist/bin/next");
  const folder = await mkdtemp(fileURLToPath(new URL(".app-", place))); // beside the packages, which Next resolves from there
  let stop = async () => {};
  t.after(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });
  for (const [name, text] of Object.entries(files(recipe))) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  // A home of its own, since Next keeps settings there.
  const how = { cwd: folder, env: { PATH: process.env.PATH, HOME: folder, OFFICE: office, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } };
  await promisify(execFile)(process.execPath, [next, "build"], how).catch((err) => {
    throw new Error(`Next does not build the app:\n${err.stdout}\n${err.stderr}`);
  });
  const server = spawn(process.execPath, [next, "start", "-H", "localhost", "-p", "0"], { ...how, stdio: ["ignore", "pipe", "inherit"] });
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise((resolve) => server.once("exit", resolve));
  stop = async () => {
    kill();
    process.off("exit", kill);
    await ended;
  };
  return new Promise((resolve, reject) => {
    ended.then((code) => reject(new Error(`Next's server ended with ${code}`)));
    createInterface({ input: server.stdout }).on("line", (line) => {
      const local = /Local:\s+(\S+)/.exec(line);
      if (local) resolve(local[1]);
    });
  });
}
