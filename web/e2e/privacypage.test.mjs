// Visitors see what their browser holds, how it is rated and what would change that, and object and delete: on our page, of what is
// in another origin's storage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible } from "./axe.mjs";
import { choices, comeBack, figures, follow, rated, ratedSite } from "./choices.mjs";
import { LIMIT, person, world } from "./harness.mjs";
import { site } from "./pages.mjs";
import { answer, answerAll, brief, collectTouches, onlyTouch, scored } from "./visitor.mjs";

/** @typedef {import("playwright-core").Page} Page */

const w = world();
const QUIET = { tolerate: [/favicon/] };

/** @type {(page: Page) => Promise<string | null>} */
const record = (page) => page.evaluate(() => localStorage.getItem("assay.demo"));

/**
 * Makes the site one that asks for consent first.
 * @param {Page} page
 */
const askFirst = (page) =>
  page.route(/\/boot/, async (route) => {
    const answer = await route.fetch();
    const boot = await answer.json();
    boot.settings.consent = "required";
    await route.fulfill({ response: answer, json: boot });
  });

test("what is held and how it is rated stands there row by row, as it is now, and nothing that was typed", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const page = await person(t, w, QUIET);
  await page.goto(url);
  await answerAll(page, [...brief("ben@hollis.test"), ["Job title", "Head of supply"]]);
  await page.evaluate(() => {
    document.addEventListener("assay:score", (event) => Object.assign(window, { said: /** @type {CustomEvent} */ (event).detail }));
    /** @type {any} */ (window).assay("identify", { industry: "retail" });
  });
  await page.waitForFunction(() => "said" in window);
  const own = await choices(page);
  assert.equal(await own.getByRole("heading", { level: 2 }).first().textContent(), `What your browser holds for ${url}`);
  const stored = JSON.parse((await record(page)) ?? "");
  await own.getByText(stored.visitor).waitFor();
  await own.getByText(/^The site asks for no consent: .* kept in your browser/).waitFor();
  await own.getByText("began a form that asks for somebody").waitFor({ state: "attached" });
  await own.getByText("industry: retail").waitFor();

  const said = await page.evaluate(() => /** @type {any} */ (window).said);
  for (const [part, score] of /** @type {const} */ ([["Fit", said.fit], ["Engagement", said.engagement]])) {
    const { points, sum } = await figures(own, part);
    assert.equal(sum, score, `${part} as the form was told`);
    assert.equal(points.reduce((a, b) => a + b, 0), score, `the rows of ${part} sum to it`);
  }
  assert.ok((await figures(own, "Fit")).labels.includes("Decision maker"));
  assert.ok((await figures(own, "Engagement")).labels.includes("Started a demo, quote, appointment or contact form"));
  await own.getByText(`Grade ${said.grade}: `).waitFor();
  const text = await own.locator("body").innerText();
  for (const typed of ["Ben Hollis", "ben@hollis.test", "Head of supply"]) assert.ok(!text.includes(typed), typed);

  await answer(page, ["Size", "51-200"]);
  await comeBack(own);
  await own.getByRole("cell", { name: "Company size in range" }).waitFor();
  await own.reload();
  await own.getByRole("cell", { name: "Company size in range" }).waitFor();
});

test("an answer that is said to change the rating does, as much as was said", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const page = await person(t, w, QUIET);
  await page.goto(url);
  await answerAll(page, brief("cara@hollis.test"));
  const own = await choices(page);
  await own.getByText("Which answers would change it").click();
  const line = own.getByRole("row").filter({ hasText: "company size: 51 to 200" });
  const [, from, to] = /fit (\d+) → (\d+)/.exec((await line.textContent()) ?? "") ?? [];
  assert.equal((await figures(own, "Fit")).sum, Number(from));
  assert.notEqual(from, to);
  const roles = own.getByRole("row").filter({ hasText: "job title: " });
  assert.match((await roles.allTextContents()).join(), /owner or managing director/, "what people write is tried by the answers that may be chosen elsewhere");
  const left = own.getByRole("row").filter({ hasText: "mail address: left out" });
  assert.match((await left.textContent()) ?? "", /fit \d+ → \d+/);
  await answer(page, ["Size", "51-200"]);
  await comeBack(own);
  await own.getByRole("cell", { name: "Company size in range" }).waitFor();
  assert.equal((await figures(own, "Fit")).sum, Number(to));
});

test("who objects is rated no more: nothing but the objection stays, on later pages too, and a submit carries nothing", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const page = await person(t, w, QUIET);
  const touches = collectTouches(page);
  await page.goto(url);
  await answerAll(page, brief("dan@objects.test"));
  await scored(page);
  const own = await choices(page);
  await own.getByRole("button", { name: "Object to being rated" }).press("Enter");
  await own.getByText("Done: you have objected.").waitFor();
  assert.equal(await own.evaluate(() => document.activeElement?.getAttribute("role")), "status", "the focus is not lost with the button");
  await own.getByText(/^You objected: .* Only your objection is kept\.$/).waitFor();
  assert.equal(await own.getByRole("table").count(), 0);
  assert.equal(await page.locator("form[data-assay-band]").count(), 0);

  const remains = { objected: true, visits: [], waiting: [] };
  assert.deepEqual(JSON.parse((await record(page)) ?? ""), remains);
  const booted = page.waitForResponse(/\/boot/);
  await page.reload();
  await booted;
  await answerAll(page, brief("dan@objects.test"));
  const again = await choices(page);
  await again.getByText("You have objected.").waitFor();
  assert.deepEqual(JSON.parse((await record(page)) ?? ""), remains, "nor does the next visit stay");
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL("**/thanks");
  const touch = onlyTouch(touches);
  assert.deepEqual([touch.visits, touch.visitor, touch.claim], [[], undefined, undefined]);
});

test("who deletes has nothing left, neither stored nor in the page", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const page = await person(t, w, QUIET);
  await page.goto(url);
  await page.evaluate(() => /** @type {any} */ (window).assay("identify", { industry: "retail" }));
  await answerAll(page, brief("eve@deletes.test"));
  await scored(page);
  const own = await choices(page);
  await own.getByText("industry: retail").waitFor();
  await own.getByRole("button", { name: "Delete what is held" }).click();
  await own.getByText("Done: what was held is deleted.").waitFor();
  await own.getByText("Nothing is held:").waitFor();
  await own.getByText("No visit is recorded.").waitFor();
  assert.equal(await own.getByText("industry: retail").count(), 0);
  assert.equal(await record(page), null);
});

test("an enquiry that has not arrived is listed by what it says of whom, not by what they said", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const page = await person(t, w, { tolerate: [/favicon/, /net::ERR_FAILED/] });
  await page.goto(url);
  await page.route(/\/v1\/touches/, (route) => route.abort());
  await answerAll(page, brief("finn@waits.test"));
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL("**/thanks");
  await page.goto(url);
  const own = await choices(page);
  await own.getByText(/form “quick-demo”, with your mail address, name,? and company|form “quick-demo”, with your name, company, and mail address/).waitFor();
  await own.getByText("An enquiry that has not arrived yet is deleted too.").waitFor();
  assert.ok(!(await own.locator("body").innerText()).includes("finn@waits.test"));
});

test("Global Privacy Control, and consent that is not given yet, taken or refused: the page says what follows", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const page = await person(t, w, {
    ...QUIET,
    script: () => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true }),
  });
  await page.goto(url);
  const own = await choices(page);
  await own.getByText(/^Your browser sends Global Privacy Control .* nothing is stored/).waitFor();
  await own.getByText("No identifier.").waitFor();
  await own.getByRole("button", { name: "Object to being rated" }).click();
  await own.getByText(/the objection is forgotten when you leave that page/).waitFor();
  assert.equal(await record(page), null);

  const careful = await person(t, w, QUIET);
  await askFirst(careful);
  await careful.goto(url);
  await scored(careful);
  const theirs = await choices(careful);
  await theirs.getByText(/^You have not consented yet: nothing is stored/).waitFor();
  assert.equal(await record(careful), null);
  const say = (/** @type {boolean} */ word) => careful.evaluate((word) => /** @type {any} */ (window).assay("consent", word), word);
  await say(true);
  await comeBack(theirs);
  await theirs.getByText(/^You consented, as that page says: .* kept in your browser/).waitFor();
  await say(false);
  await comeBack(theirs);
  await theirs.getByText(/^You have not consented, or have taken it back/).waitFor();
  await theirs.getByText("No identifier.").waitFor();
});

test("of consent the page says no more than is known: whose word it is, and that none was needed", LIMIT, async (t) => {
  const google = rated(w.server.url).replace("data-site", `data-cmp="google" data-site`)
    .replace("<head>", `<head><script>dataLayer = [["consent", "default", { analytics_storage: "granted" }]]</script>`);
  const { url } = await site(t, { "/": { html: google } });
  const page = await person(t, w, QUIET);
  await askFirst(page);
  await page.goto(url);
  const platform = (/** @type {string} */ basis) =>
    page.waitForFunction((basis) => JSON.parse(localStorage.getItem("assay.demo") ?? "{}").platform === basis, basis);
  await platform("unasked");
  const own = await choices(page);
  await own.getByText(/^That page’s consent tool says that you need not be asked: .* kept in your browser/).waitFor();
  await page.evaluate(() => /** @type {any} */ (window).dataLayer.push(["consent", "update", { analytics_storage: "granted" }]));
  await platform("asked");
  await comeBack(own);
  await own.getByText(/^You consented, as that page’s consent tool says: /).waitFor();

  const free = await person(t, w, QUIET);
  const { url: plain } = await ratedSite(t, w.server.url);
  await free.goto(plain);
  await scored(free);
  await free.evaluate(() => /** @type {any} */ (window).assay("consent", true));
  const theirs = await choices(free);
  await theirs.getByText(/^The site asks for no consent: /).waitFor();
  await theirs.getByRole("button", { name: "Delete what is held" }).click();
  await theirs.getByText(/^You had what was held deleted, or refused: nothing is stored/).waitFor();
});

for (const { lang, spoken, heading, held, object, done } of [
  { lang: "de", spoken: ["de-AT", "en"], heading: "Wie Ihre Anfrage bewertet wird", held: "Was Ihr Browser aufbewahrt für ", object: "Der Bewertung widersprechen", done: "Erledigt: Sie haben widersprochen." },
  { lang: "fr", spoken: ["pl", "fr-CA"], heading: "Comment votre demande est évaluée", held: "Ce que votre navigateur conserve pour ", object: "M’opposer à l’évaluation", done: "C’est fait\u202f: vous vous êtes opposé." },
  { lang: "es", spoken: ["es"], heading: "Cómo se valora su solicitud", held: "Lo que su navegador guarda para ", object: "Oponerme a que se me valore", done: "Hecho: se ha opuesto." },
]) {
  test(`the whole page speaks ${lang} to whoever does: nothing is left in English, axe-core finds nothing, and the keyboard objects`, LIMIT, async (t) => {
    const { url } = await ratedSite(t, w.server.url);
    const english = await person(t, w);
    await english.goto("/privacy/demo");
    const page = await person(t, w, QUIET);
    await page.context().addInitScript((spoken) => Object.defineProperty(Navigator.prototype, "languages", { get: () => spoken }), spoken);
    await page.goto(url);
    await answerAll(page, brief(`${lang}@hollis.test`));
    const own = await follow(page);
    await own.getByRole("heading", { name: held + url }).waitFor();
    assert.deepEqual(await own.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [lang, "ltr"]);
    assert.equal(await own.title(), heading);
    assert.equal(await own.getByRole("heading", { level: 1 }).textContent(), heading);
    const general = () => [...document.querySelectorAll("[data-word]")].map((part) => part.textContent);
    const [theirs, ours] = [await english.evaluate(general), await own.evaluate(general)];
    assert.equal(theirs.length, ours.length);
    ours.forEach((text, i) => assert.notEqual(text, theirs[i]));
    await own.locator("details").evaluateAll((all) => all.forEach((one) => (/** @type {HTMLDetailsElement} */ (one).open = true)));
    // Labels of rules, and what people wrote, are the site's own.
    const said = await own.evaluate(() => {
      for (const foreign of document.querySelectorAll("bdi, q, code")) foreign.textContent = "";
      return document.body.innerText;
    });
    assert.doesNotMatch(said, /\b(the|your|you|with|that|viewed|answered|field|grade|engaged|undefined|null)\b/i);
    await accessible(own, lang);
    await own.getByRole("button", { name: object }).press("Space");
    await own.getByText(done).waitFor();
    await accessible(own, `${lang}, objected`);
  });
}

test("where the words of a language do not come, the page is there in English", LIMIT, async (t) => {
  const page = await person(t, w, { tolerate: [/net::ERR_FAILED/], script: () => Object.defineProperty(Navigator.prototype, "languages", { get: () => ["de"] }) });
  await page.route(/words\.de\.js/, (route) => route.abort());
  await page.goto("/privacy/demo");
  await page.getByText(/only when you open it from the form/).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
});

test("where no engine runs there is no rating, and the page says who makes one", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const page = await person(t, w, { tolerate: [/favicon/, /net::ERR_FAILED/] });
  await page.route(/\.wasm$/, (route) => route.abort());
  await page.goto(url);
  const own = await choices(page);
  await own.getByText(/^No rating is made in your browser/).waitFor();
  assert.equal(await own.getByText("Grade").count(), 0);
  await own.getByText("saw a form").waitFor({ state: "attached" });
});

test("opened by itself, or when the form's page has gone on or is closed, it says so and offers nothing", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const direct = await person(t, w);
  await direct.goto("/privacy/demo");
  await direct.getByText(/only when you open it from the form/).waitFor();
  assert.equal(await direct.getByRole("button").count(), 0);

  const page = await person(t, w, QUIET);
  await page.goto(url);
  const own = await choices(page);
  await page.goto(`${url}/elsewhere`);
  await comeBack(own);
  await own.getByText(/does not answer: it was closed, or shows something else/).waitFor();
  assert.equal(await own.getByRole("table").count(), 0);
  assert.deepEqual(await own.getByRole("button").allTextContents(), ["Ask again"]);
  await own.getByRole("button").click();
  await own.getByText("Asking the page that you came from").waitFor();
  assert.equal(await own.evaluate(() => document.activeElement?.textContent), "Ask again", "the focus stays");

  await page.goto(url);
  const other = await choices(page);
  await page.close();
  await comeBack(other);
  await other.getByText(/does not answer: it was closed/).waitFor();
});

test("without JavaScript the page says in general what it always said", LIMIT, async (t) => {
  const page = await person(t, w, { javaScriptEnabled: false });
  await page.goto("/privacy/demo");
  assert.deepEqual(await page.getByRole("heading").allTextContents(),
    ["How your enquiry is rated", "From what", "What leaves your browser", "What happens then", "Whom to ask"]);
});

test("a page whose notice stands in a frame of its own origin is answered there", LIMIT, async (t) => {
  const { url } = await ratedSite(t, w.server.url);
  const page = await person(t, w, QUIET);
  await page.goto(`${url}/elsewhere`);
  await page.evaluate(async ([html, src]) => {
    const frame = document.createElement("iframe");
    frame.srcdoc = html.replace(/<script.*<\/script>/, "");
    document.body.append(frame);
    await new Promise((resolve) => (frame.onload = resolve));
    const script = document.createElement("script");
    script.src = src;
    script.dataset.site = "demo";
    document.head.append(script);
  }, [rated(w.server.url), `${w.server.url}/assay.js`]);
  const opening = page.waitForEvent("popup");
  await page.frameLocator("iframe").getByRole("link", { name: "Your choices" }).click();
  const own = await opening;
  await own.getByRole("heading", { name: "What your browser holds" }).waitFor();
  await own.getByRole("heading", { name: "Form quick-demo" }).waitFor();
});
