// Themes from npm whose pages hold a form, and what a visitor says there. package.json beside this file has their versions.

/**
 * @typedef {object} Theme
 * @property {string} name of the form, as the tag knows it
 * @property {string} what kind of form it is
 * @property {string} package
 * @property {string} page in the package
 * @property {number} [nth] form of the page, from 0
 * @property {string[]} [names] of the fields that the theme left without one, in their order
 * @property {boolean} [own] the theme's own script sends the form
 * @property {[from: string, to: string]} [edit] without which the form is of no use at all
 * @property {Record<string, string>} answers by name of field, in the order in which they are given
 * @property {Record<string, string>} lead what our server is to know then
 */

/** @param {string} form name */
export const emailAt = (form) => `dana@${form}.test`;

const PERSON = "Dana Whitlock", PHONE = "+4930901820", MESSAGE = "We outgrew our spreadsheets";
const NAMES = ["name", "email", "phone", "message"];

/** @type {(form: string) => Pick<Theme, "name" | "names" | "answers" | "lead">} */
const contact = (form) => ({
  name: form,
  names: NAMES,
  answers: { name: PERSON, email: emailAt(form), phone: PHONE, message: MESSAGE },
  lead: { name: PERSON, email: emailAt(form), phone: PHONE },
});

/** @type {(form: string) => Pick<Theme, "name" | "names" | "answers" | "lead">} */
const newsletter = (form) => ({ name: form, names: ["email"], answers: { email: emailAt(form) }, lead: { email: emailAt(form) } });

/** @type {Theme[]} */
export const THEMES = [
  { ...contact("agency"), what: "a contact form that jQuery checks and sends", package: "startbootstrap-agency", page: "index.html", own: true },
  { ...contact("freelancer"), what: "a contact form with floating labels", package: "startbootstrap-freelancer", page: "index.html", own: true },
  { ...contact("clean-blog"), what: "a blog's contact form", package: "startbootstrap-clean-blog", page: "contact.html", own: true },
  {
    ...contact("creative"),
    what: "a contact form whose sending script is blocked",
    package: "startbootstrap-creative",
    page: "dist/index.html",
    edit: [`btn-xl disabled" id="submitButton"`, `btn-xl" id="submitButton"`],
  },
  { ...newsletter("grayscale"), what: "a newsletter form", package: "startbootstrap-grayscale", page: "dist/index.html" },
  { ...newsletter("landing"), what: "the second of two sign-up forms", package: "startbootstrap-landing-page", page: "index.html", nth: 1 },
  {
    name: "sneat-register",
    what: "a registration with a password",
    package: "sneat-bootstrap-html-admin-template-free",
    page: "html/auth-register-basic.html",
    answers: { username: "dana", email: emailAt("sneat-register"), password: "not for others", terms: "on" },
    lead: { email: emailAt("sneat-register") },
  },
  {
    name: "soft-ui",
    what: "a contact form beside a picture",
    package: "soft-ui-design-system",
    page: "pages/contact-us.html",
    names: ["name", "email"],
    answers: { name: PERSON, email: emailAt("soft-ui"), message: MESSAGE },
    lead: { name: PERSON, email: emailAt("soft-ui") },
  },
  {
    name: "material-kit",
    what: "a contact form of material design",
    package: "material-kit",
    page: "examples/landing-page.html",
    names: ["name", "email", "message"],
    edit: [`<input type="email" class="form-control">`, `<input type="text" class="form-control">`],
    answers: { name: PERSON, email: emailAt("material-kit"), message: MESSAGE },
    lead: { name: PERSON, email: emailAt("material-kit") },
  },
  {
    name: "gentelella",
    what: "a form of ten fields that its script checks",
    package: "gentelella",
    page: "production/form_validation.html",
    answers: {
      name: PERSON, email: emailAt("gentelella"), confirm_email: emailAt("gentelella"), number: "42", website: "https://gentelella.test",
      occupation: "Head of supply", password: "secret7", password2: "secret7", phone: PHONE, textarea: MESSAGE,
    },
    lead: { name: PERSON, email: emailAt("gentelella"), phone: PHONE },
  },
];
