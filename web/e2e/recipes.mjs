// The recipes of docs/install.md, as they stand there, and what each has to show.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { leadBy, onlyAlert } from "./feed.mjs";
import { person, rep } from "./harness.mjs";
import { askHere, collectTouches, onlyTouch } from "./visitor.mjs";

/** @typedef {import("playwright-core").Page} Page */

const guide = await readFile(new URL("../../docs/install.md", import.meta.url), "utf8");

/**
 * A recipe's code for a server and a site.
 * @param {string} host
 * @param {string} heading
 * @param {string} language
 */
export function recipeFor(host, heading, language, site = "demo") {
  const code = guide.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0].split("```" + language + "\n")[1]?.split("```")[0];
  assert.ok(code, `docs/install.md has ${language} under ${heading}`);
  return code.replaceAll("https://HOST", host).replaceAll("SITE_KEY", site);
}

/** A form with controlled inputs, as React's sites have them, that their own code sends to /own. */
export const REACT_FORM = `import { useState } from "react";
function Form() {
  const [said, say] = useState({ name: "", company: "", email: "" });
  const [sent, setSent] = useState(false);
  const field = (name) => ({ name, value: said[name], onChange: (event) => say({ ...said, [name]: event.target.value }) });
  async function submit(event) {
    event.preventDefault();
    await fetch("/own", { method: "POST", body: JSON.stringify(said) });
    setSent(true);
  }
  if (sent) return <h1>{"Thank you, " + said.name + " of " + said.company + " (" + said.email + ")"}</h1>;
  return <form onSubmit={submit} data-assay-form="quick-demo" data-assay-kind="demo">
    <label>Name <input {...field("name")} /></label>
    <label>Company <input {...field("company")} /></label>
    <label>Business mail <input type="email" {...field("email")} /></label>
    <button>Send</button>
  </form>;
}`;

/**
 * Somebody answers a page's form and sends it by the page's own way; once each it comes to the page's own server and to us, verified.
 * @param {import("node:test").TestContext} t
 * @param {Parameters<typeof person>[1]} w
 * @param {import("./pages.mjs").Site} site whose own server it is
 * @param {string} email
 * @param {(page: Page) => Promise<unknown>} [open] goes to the form, where it is not the site's first page
 */
export async function comesThrough(t, w, site, email, open = (page) => page.goto(site.url)) {
  const feed = await rep(t, w);
  const before = site.posts.length;
  const page = await person(t, w);
  const touches = collectTouches(page);
  await open(page);
  await askHere(page, email);
  await page.getByRole("heading", { name: `Thank you, Ben Hollis of Hollis (${email})` }).waitFor();
  await onlyAlert(feed, email);
  const own = { path: "/own", body: JSON.stringify({ name: "Ben Hollis", company: "Hollis", email }) };
  assert.deepEqual(site.posts.slice(before), [own], "the page's own request");
  const touch = onlyTouch(touches);
  assert.deepEqual(touch.profile, { name: "Ben Hollis", company: "Hollis", email });
  assert.equal((await leadBy(feed, email)).verdict, "verified");
  return { page, touch };
}

/**
 * What the server says of a page to a marketer.
 * @param {Page} marketer
 * @param {string} url
 * @returns {Promise<{works: boolean, findings: {code: string}[]}>}
 */
export const checked = (marketer, url) =>
  marketer.evaluate(async (url) => {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch("/v1/install/check", { method: "POST", headers, body: JSON.stringify({ url }) });
    return answer.json();
  }, url);
