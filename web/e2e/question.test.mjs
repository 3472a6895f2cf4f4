// One more question beside a form: the one worth most, never a field of the page's own form.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { accessible } from "./axe.mjs";
import { api } from "./feed.mjs";
import { LIMIT, person, world } from "./harness.mjs";
import { ASKABLE, CALL, fillIn, hot, longForm, offering, shifts, shows, warm, watchShifts } from "./offering.mjs";
import { shortForm, site, tag } from "./pages.mjs";
import { answerAll, brief, collectTouches, onlyTouch, scored, takeTime } from "./visitor.mjs";

/** @typedef {import("playwright-core").Page} Page */
const w = world();
const here = { tolerate: [/favicon/] };
const panel = (/** @type {Page} */ page) => page.locator("assay-panel");
const asked = (/** @type {Page} */ page) => panel(page).locator("label").textContent();

/** What a page says of a score from now on, and a way to wait for the next one. */
const nextScore = (/** @type {Page} */ page) =>
  page.evaluate(() => new Promise((resolve) => document.addEventListener("assay:score", resolve, { once: true })));

test("the answer counts at once, can be taken back, and reaches the lead but not the form's own submission", LIMIT, async (t) => {
  const admin = await offering(t, w, { ask: ASKABLE });
  const { url, posts } = await site(t, { "/": { html: longForm(tag(w.server.url)) } });
  const page = await person(t, w, here);
  const touches = collectTouches(page);
  await page.goto(url);
  await fillIn(page, "asked@question.test");
  await warm(page);
  assert.equal(await asked(page), "When would you like to start?", "fifteen points that make a level outweigh twenty that make no letter");
  const choices = [["Within three months", "hot"], ["Later", "warm"], ["As soon as possible", "hot"], ["No answer", "warm"], ["As soon as possible", "hot"]];
  for (const [choice, band] of choices) {
    await panel(page).getByRole("combobox", { name: "When would you like to start?" }).selectOption({ label: choice });
    await scored(page, band);
  }
  assert.equal(await page.getByRole("link", { name: "Choose a time" }).count(), 0, "no call is offered where only a question is");
  await takeTime(page);
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL("**/thanks");
  const sent = new URLSearchParams(posts[0].body);
  assert.deepEqual([[...sent.keys()].join(), posts[0].body.includes("now")], ["name,company,email,role,company_size,need,message", false]);
  assert.equal(onlyTouch(touches).profile.timing, "now");
  await admin.waitForFunction(async () => (await (await fetch("/v1/leads?q=asked@question.test")).json()).items[0]?.band);
  const { items } = await api(admin, "/v1/leads?q=asked@question.test");
  const lead = await api(admin, `/v1/leads/${items[0].id}`);
  assert.deepEqual([items.length, lead.criteria.timing.state, lead.verdict], [1, "met", "verified"]);
});

test("by points: without what makes a level, the question with most of them is asked", LIMIT, async (t) => {
  await offering(t, w, { ask: ["budget", "industry", "authority"] });
  const { url } = await site(t, { "/": { html: longForm(tag(w.server.url)) } });
  const page = await person(t, w, here);
  await page.goto(url);
  await fillIn(page, "points@question.test");
  await warm(page);
  assert.equal(await asked(page), "Which industry are you in?");
});

test("nothing is asked that earns nothing, that the form asks, or that was answered; and nobody who has not begun", LIMIT, async (t) => {
  await offering(t, w, { on: true, booking_url: CALL, ask: ["budget", "authority", "role", "need", "industry"] });
  const { url } = await site(t, { "/": { html: longForm(tag(w.server.url)) } });
  const page = await person(t, w, here);
  await page.goto(url);
  await scored(page);
  const said = { email: "known@question.test", role: "CEO", company_size: "200", need: "More" };
  await page.evaluate((said) => /** @type {any} */ (window).assay("identify", said), said);
  await hot(page);
  await panel(page).getByRole("link").waitFor();
  assert.equal(await panel(page).locator("select").count(), 0, "the form is not begun");
  const told = nextScore(page);
  await page.evaluate(() => /** @type {any} */ (window).assay("identify", { industry: "retail" }));
  await told;
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("Company").focus();
  await shows(page, "hot", "search_used");
  assert.equal(await panel(page).locator("select").count(), 0);
});

test("who shows interest and is unknown is asked at a short form too, then the call comes above; neither shifts anything", LIMIT, async (t) => {
  await offering(t, w, { on: true, booking_url: CALL, ask: ASKABLE });
  const { url } = await site(t, { "/": { html: shortForm(tag(w.server.url)) } });
  const page = await person(t, w, here);
  await page.goto(url);
  await scored(page);
  await answerAll(page, brief("short@question.test"));
  await watchShifts(page);
  await shows(page, "cold", "plan_viewed", "paywall_hit", "cart_filled");
  const select = panel(page).locator("select");
  await select.focus();
  const place = await select.boundingBox();
  await page.evaluate(() => /** @type {any} */ (window).assay("identify", { role: "CEO", company_size: "200", need: "More", industry: "software" }));
  await panel(page).getByRole("link").waitFor();
  assert.deepEqual(await select.boundingBox(), place);
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "ASSAY-PANEL");
  assert.deepEqual(await shifts(page), []);
});

test("once an enquiry has arrived nothing more is asked for it", LIMIT, async (t) => {
  await offering(t, w, { ask: ASKABLE });
  const html = longForm(tag(w.server.url)).replace("<form", `<form data-assay-submit="ajax"`);
  const { url } = await site(t, { "/": { html } });
  const page = await person(t, w, here);
  await page.goto(url);
  await fillIn(page, "sent@question.test");
  await warm(page);
  await panel(page).getByRole("combobox").waitFor();
  await page.getByRole("button", { name: "Send" }).click();
  await panel(page).waitFor({ state: "detached" });
});

/** @type {[lang: string, notice: RegExp, choices: string, call: string, question: string][]} */
const languages = [
  ["de-AT", /^Ihre Anfrage wird .* bewertet; /, "Ihre Möglichkeiten", "Termin wählen", "Wann möchten Sie beginnen?"],
  ["fr", /^Votre demande est évaluée /, "Vos choix", "Choisir un rendez-vous", "Quand souhaitez-vous commencer\u202f?"],
  ["es-MX", /^Su solicitud se valora /, "Sus opciones", "Elegir una hora", "¿Cuándo desea empezar?"],
  ["ja", /^Your enquiry is rated /, "Your choices", "Choose a time", "When would you like to start?"],
];

test("notice, call and question speak the form's language, else the page's, else English, and load no other", LIMIT, async (t) => {
  await offering(t, w, { on: true, booking_url: CALL, ask: ["timing"] });
  for (const [i, [lang, notice, choices, call, question]] of languages.entries()) {
    const html = i % 2 ? longForm(tag(w.server.url), `lang="${lang}"`) : longForm(tag(w.server.url), `lang="en"`).replace("<main>", `<main lang="${lang}">`);
    const { url } = await site(t, { "/": { html } });
    const page = await person(t, w, here);
    /** @type {Promise<boolean>[]} */
    const modules = [];
    page.on("response", (response) => {
      if (/engine.*js$/.test(response.url())) modules.push(response.text().then((text) => text.includes("company_size:")));
    });
    await page.goto(url);
    await page.getByRole("link", { name: choices }).waitFor();
    assert.match(await page.locator("[data-assay-notice]").innerText(), notice);
    assert.equal(await page.locator("[data-assay-notice] > span").getAttribute("lang"), lang === "ja" ? "en" : lang.slice(0, 2));
    await fillIn(page, `${lang.toLowerCase()}@question.test`);
    await warm(page);
    assert.equal(await asked(page), question);
    await hot(page);
    await panel(page).getByRole("link", { name: call }).waitFor();
    assert.equal(await panel(page).locator("section").getAttribute("lang"), lang === "ja" ? "en" : lang.slice(0, 2));
    await accessible(page, `notice, call and question in ${lang}`);
    const words = (await Promise.all(modules)).filter(Boolean);
    assert.equal(words.length, lang === "ja" ? 1 : 2, "the panel with its English words, and those of the language");
  }
});

test("every question that a site may ask has as many answers in each language as the engine is given", async () => {
  const folder = fileURLToPath(new URL("../widget/", import.meta.url));
  /** @type {(file: string) => Promise<any>} */
  const load = async (file) => {
    const { outputFiles } = await esbuild.build({ entryPoints: [folder + file], bundle: true, format: "esm", write: false });
    return import("data:text/javascript," + encodeURIComponent(outputFiles[0].text));
  };
  const { PRESETS } = await load("presets.ts");
  const described = await (await fetch(`${w.server.url}/openapi.json`)).json();
  assert.deepEqual(Object.keys(PRESETS), described.components.schemas.Site.properties.panel.properties.ask.items.enum);
  assert.deepEqual(Object.keys(PRESETS), ASKABLE);
  for (const language of ["en", "de", "fr", "es"]) {
    const { words } = await load(`words.${language}.ts`);
    assert.deepEqual([words.lang, Object.keys(words.questions)], [language, ASKABLE]);
    for (const name of ASKABLE) {
      const [question, answers = PRESETS[name]] = words.questions[name];
      assert.deepEqual([answers.split("|").length, /\?$/.test(question)], [PRESETS[name].split("|").length, true], `${language} ${name}`);
    }
  }
});
