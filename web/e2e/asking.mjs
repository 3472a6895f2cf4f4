// A site that asks its visitors for consent, a page of it, and what is seen of somebody there.
import assert from "node:assert/strict";
import { shortForm } from "./pages.mjs";
import { program } from "./program.mjs";
import { recipeFor } from "./recipes.mjs";
import { collectTouches } from "./visitor.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./harness.mjs").Server} Server */

const SITE = "asks";

/**
 * Adds the site, with settings of its own, and gives what reads a lead of it.
 * @param {Server} server
 * @param {object} [settings]
 */
export async function askingSite(server, settings) {
  await server.tool("site", "add", "-name", "Asks", "-key", SITE, "-origin", "http://localhost:*", "-consent", "required");
  const { ask, set } = program({ server }, settings, SITE);
  await set();
  /**
   * The verdict on the one lead with a mail address.
   * @param {string} email
   */
  return async (email) => {
    const { items } = await ask(`/v1/leads?q=${email}`);
    assert.equal(items.length, 1, `one lead ${email}`);
    return items[0].verdict;
  };
}

/** @type {Record<string, string>} */
const RECIPES = { google: "Google Consent Mode", tcf: "IAB TCF" };

/**
 * A page of the site with the recipe for a platform and a form that is sent to us alone.
 * @param {string} host
 * @param {string} cmp
 * @param {{before?: string, after?: string, async?: boolean}} [how] scripts around the tag, and whether it waits for none
 */
export function askingPage(host, cmp, { before = "", after = "", async = false } = {}) {
  const tag = recipeFor(host, RECIPES[cmp], "html", SITE);
  return shortForm(before + (async ? tag : tag.replace(" async", "")) + after).replace("<form", `<form data-assay-submit="ajax"`);
}

/** Runs first in a page: the browser of somebody, not of a program. */
export const noProgram = () => Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });

/**
 * What leaves a page about its visitor, and what it keeps.
 * @param {Page} page
 */
export function watchVisitor(page) {
  const touches = collectTouches(page);
  /** @type {string[]} */
  const boots = [];
  page.on("request", (request) => {
    if (request.url().includes("/boot")) boots.push(new URL(request.url()).search);
  });
  /** Signals and visitor of the record, once there is one. */
  const record = () => page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? "{}"), `assay.${SITE}`);
  return {
    boots,
    record,
    /** Waits for a record of somebody who consents, old enough for a submit by hand. */
    kept: () =>
      page.waitForFunction((key) => {
        const { visits = [], consent } = JSON.parse(localStorage.getItem(key) ?? "{}");
        return consent && visits.length > 0 && Date.now() - visits[visits.length - 1].i > 2100;
      }, `assay.${SITE}`),
    /** Waits until nothing is kept, if anything was. */
    async nothingKept() {
      await page.waitForFunction(() => localStorage.length + sessionStorage.length + document.cookie.length === 0);
      assert.deepEqual(await page.context().cookies(), [], "no cookie");
      assert.deepEqual(boots.filter(Boolean), [], "boot is asked without a visitor");
    },
    /** Answers as fast as a hand may: this site holds automated browsers to be none. */
    async byHand() {
      for (const label of ["Name", "Company"]) await page.getByLabel(label).pressSequentially("Ben Hollis", { delay: 60 });
    },
    /**
     * Sends the form as somebody, and gives the touch that the server took.
     * @param {string} email
     */
    async send(email) {
      for (const label of ["Name", "Company"]) {
        if (!(await page.getByLabel(label).inputValue())) await page.getByLabel(label).fill("Ben Hollis");
      }
      await page.getByLabel("Business mail").fill(email);
      const taken = page.waitForResponse("**/v1/touches");
      await page.getByRole("button", { name: "Send" }).click();
      assert.equal((await taken).status(), 202);
      const touch = touches.at(-1);
      assert.equal(touch?.profile.email, email);
      return touch;
    },
  };
}
