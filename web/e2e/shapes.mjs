// Forms in the shapes that pages give them. Each answers to the labels Name and Email, posts to /in, and is sent by `send`.
/** @typedef {import("playwright-core").Page} Page */
/**
 * @typedef {object} Shape
 * @property {string} title
 * @property {string} html
 * @property {Record<string, string>} [pages] further ones of the same site, by path
 * @property {(page: Page) => Promise<unknown>} [open] makes the form appear
 * @property {(page: Page) => Promise<unknown>} [more] answers what this form asks besides
 * @property {(page: Page) => Promise<unknown>} [send]
 * @property {string} [form] the name of the form that is sent
 */

const mark = `data-assay-form="asked" data-assay-kind="demo"`;
const fields = `<label>Name <input name="name" required></label> <label>Email <input name="email" type="email" required></label>
<input type="hidden" name="token" value="t-1">`;
const post = `${mark} method="post" action="/in"`;
/** @type {(code: string) => string} */
const script = (code) => `<script>const form = document.querySelector("form"); ${code}</script>`;
/** @type {(name: string) => (page: Page) => Promise<void>} */
const press = (name) => (page) => page.getByRole("button", { name, exact: true }).click();
const own = `form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await fetch("/in", { method: "POST", body: new FormData(form) });
  form.replaceWith("Sent");
});`;

/** @type {Shape[]} */
export const shapes = [
  { title: "native", html: `<form ${post}>${fields}<button name="via" value="button">Send</button></form>` },
  { title: "by the page's own fetch", html: `<form ${mark}>${fields}<button>Send</button></form>${script(own)}` },
  {
    title: "requestSubmit from outside of the form",
    html: `<form ${post}>${fields}</form><button onclick="document.forms[0].requestSubmit()">Send</button>`,
  },
  {
    title: "form.submit() by script",
    html: `<form ${post}>${fields}<a role="button" href="#" onclick="this.closest('form').submit(); return false">Send</a></form>`,
  },
  {
    title: "form.submit() with GET, and emptied at once",
    html: `<form ${mark} action="/in">${fields}<button type="button" onclick="form.submit(); form.reset()">Send</button></form>`,
  },
  {
    title: "checked by the page first, then form.submit()",
    html: `<form ${post}>${fields}<button>Send</button></form>${script(`form.onsubmit = (event) => {
      event.preventDefault();
      fetch("/check").then(() => form.submit());
    };`)}`,
  },
  {
    title: "several steps in one form",
    html: `<form ${post}><fieldset>${fields}<button type="button">Next</button></fieldset>
      <fieldset hidden><label>Company <input name="company" required></label><button>Send</button></fieldset></form>
      ${script(`const [one, two] = form.querySelectorAll("fieldset");
      two.disabled = true;
      one.querySelector("button").onclick = () => { one.hidden = true; two.hidden = two.disabled = false; };`)}`,
    async more(page) {
      await press("Next")(page);
      await page.getByLabel("Company").pressSequentially("Hollis");
    },
  },
  {
    title: "in a modal dialog",
    html: `<button onclick="document.querySelector('dialog').showModal()">Ask us</button>
      <dialog><form ${post}>${fields}<button formmethod="dialog" formnovalidate>Cancel</button><button>Send</button></form></dialog>`,
    open: press("Ask us"),
  },
  {
    title: "the second of several",
    html: `<form method="post" action="/in" data-assay-form="news" data-assay-kind="subscription"><label>Your mail <input name="email" type="email"></label><button>Subscribe</button></form>
      <form ${post}>${fields}<button>Send</button></form><form action="/search"><input name="q" aria-label="Search"></form>`,
  },
  {
    title: "added later",
    html: `<button onclick="this.outerHTML = document.querySelector('template').innerHTML">Ask us</button>
      <template><form ${post}>${fields}<button>Send</button></form></template>`,
    open: press("Ask us"),
  },
  {
    title: "replaced while it is there",
    html: `<form ${post}>${fields}<button>Send</button></form><button onclick="const f = document.forms[0]; f.outerHTML = f.outerHTML">Again</button>`,
    open: press("Again"),
  },
  {
    title: "in an open shadow tree within another",
    html: `<ask-us></ask-us><script>
      customElements.define("ask-form", class extends HTMLElement { connectedCallback() {
        this.attachShadow({ mode: "open" }).innerHTML = \`<form ${post}>${fields}<button>Send</button></form>\`; } });
      customElements.define("ask-us", class extends HTMLElement { connectedCallback() {
        this.attachShadow({ mode: "open" }).innerHTML = "<div><ask-form></ask-form></div>"; } });
    </script>`,
  },
  {
    title: "in a frame of the page's own",
    html: `<iframe src="/frame" title="Ask us"></iframe>`,
    pages: { "/frame": `<!doctype html><title>Frame</title><form ${post}>${fields}<button>Send</button></form>` },
  },
  {
    title: "in a frame of the page's own that has the tag itself",
    html: `<iframe src="/frame" title="Ask us"></iframe>`,
    pages: { "/frame": `<!doctype html><title>Frame</title><!--tag--><form ${post}>${fields}<button>Send</button></form>` },
  },
  {
    title: "novalidate, with checks of its own",
    html: `<form ${post} novalidate>${fields}<button>Send</button></form>${script(`form.onsubmit = (event) => {
      form.dataset.tries = Number(form.dataset.tries ?? 0) + 1;
      if (!form.checkValidity()) event.preventDefault();
    };`)}`,
    async open(page) {
      await press("Send")(page);
      await page.locator("form[data-tries='1']").waitFor();
    },
  },
  {
    title: "with files",
    html: `<form ${post} enctype="multipart/form-data">${fields}<label>Plan <input type="file" name="plan" multiple></label><button>Send</button></form>`,
    more: (page) =>
      page.getByLabel("Plan").setInputFiles([
        { name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("a plan") },
        { name: "more.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") },
      ]),
  },
  {
    title: "formaction and formmethod of a button",
    html: `<form ${mark} action="/elsewhere">${fields}<button name="go" value="1" formaction="/in?by=button" formmethod="post">Send</button></form>`,
  },
  {
    title: "form.submit() in a frame of the page's own",
    html: `<iframe src="/frame" title="form"></iframe>`,
    pages: { "/frame": `<!doctype html><html lang="en"><title>form</title><form ${post}>${fields}<a role="button" href="#" onclick="this.closest('form').submit(); return false">Send</a></form>` },
  },
  { title: "to another tab", html: `<form ${post} target="_blank">${fields}<button>Send</button></form>` },
  {
    title: "controls outside of their form, and names of a form's own",
    html: `<form id="f" ${post}><input name="submit" aria-label="submit" value="s"><input name="action" aria-label="action" value="a"></form>
      ${fields.replaceAll("<input", `<input form="f"`)}<button form="f">Send</button>`,
  },
  {
    title: "HubSpot's shape: own checks, then a hidden frame",
    html: `<form class="hs-form" ${post} novalidate enctype="multipart/form-data" target="target_iframe">
      <fieldset class="form-columns-2"><div class="hs-form-field"><label for="n"><span>Name</span></label><div class="input"><input id="n" name="0-1/name" class="hs-input" required></div></div>
      <div class="hs-form-field"><label for="e">Email</label><div class="input"><input id="e" name="email" type="email" class="hs-input" required></div></div></fieldset>
      <input type="hidden" name="hs_context" value="{}"><div class="actions"><input type="submit" class="hs-button" value="Send"></div>
      <iframe name="target_iframe" style="display:none"></iframe></form>
      ${script(`form.onsubmit = (event) => { if (!form.checkValidity()) event.preventDefault(); };`)}`,
  },
  {
    title: "Mautic's shape: the button is prevented, form.submit() goes to a frame",
    html: `<form id="mauticform_ask" data-mautic-form="ask" ${post} target="mauticiframe_ask">
      <div class="mauticform-row"><label for="n">Name</label><input id="n" name="mauticform[f_name]"></div>
      <div class="mauticform-row"><label for="e">Email</label><input id="e" type="email" name="mauticform[email]"></div>
      <input type="hidden" name="mauticform[formId]" value="1"><button type="submit" name="mauticform[submit]" value="1">Send</button></form>
      <iframe name="mauticiframe_ask" hidden></iframe>
      ${script(`form.querySelector("button").onclick = (event) => { event.preventDefault(); if (form.checkValidity()) form.submit(); };`)}`,
  },
  {
    title: "Contact Form 7's shape: fetch, and emptied after the answer",
    html: `<div class="wpcf7"><form class="wpcf7-form init" ${mark} novalidate><p><label>Name <span class="wpcf7-form-control-wrap"><input name="your-name" aria-required="true"></span></label></p>
      <p><label>Email <input type="email" name="your-email" aria-required="true"></label></p><input type="hidden" name="_wpcf7" value="5">
      <input type="submit" value="Send" class="wpcf7-submit"><output class="wpcf7-response-output"></output></form></div>
      ${script(`form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const data = new FormData(form);
        await fetch("/in", { method: "POST", body: data });
        form.reset();
        form.dispatchEvent(new CustomEvent("wpcf7mailsent", { bubbles: true }));
        form.classList.replace("init", "sent");
      });`)}`,
  },
  {
    title: "Gravity's shape: handlers of a library, then the prototype's submit() to a frame",
    html: `<form id="gform_1" ${post} target="gform_ajax_frame_1" enctype="multipart/form-data"><ul><li class="gfield"><label for="input_1_1">Name</label><input id="input_1_1" name="input_1" autocomplete="name"></li>
      <li class="gfield"><label for="input_1_2">Email</label><input id="input_1_2" name="input_2" type="email"></li></ul>
      <input type="hidden" name="gform_submit" value="1"><input type="submit" id="gform_submit_button_1" value="Send"></form>
      <iframe name="gform_ajax_frame_1" hidden></iframe>
      ${script(`document.getElementById("gform_submit_button_1").onclick = () => { HTMLFormElement.prototype.submit.call(form); return false; };`)}`,
  },
  {
    title: "Webflow's shape: sent as text, and a part of the page in its place",
    html: `<div class="w-form"><form id="wf-form-ask" name="wf-form-ask" ${mark}><label for="n">Name</label><input class="w-input" id="n" name="Name" data-name="Name">
      <label for="e">Email</label><input class="w-input" id="e" type="email" name="Email" data-name="Email" required><input type="submit" class="w-button" value="Send" data-wait="Please wait"></form>
      <div class="w-form-done" hidden>Thanks</div></div>
      ${script(`form.onsubmit = (event) => {
        event.preventDefault();
        form.querySelector(".w-button").value = "Please wait";
        fetch("/in", { method: "POST", body: new URLSearchParams([...new FormData(form)].map(([k, v]) => ["fields[" + k + "]", v])) })
          .then(() => { form.style.display = "none"; form.nextElementSibling.hidden = false; });
      };`)}`,
  },
];
