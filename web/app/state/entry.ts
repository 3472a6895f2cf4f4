// How somebody comes into a screen that needs a session.
import { effect, signal, untracked } from "@preact/signals";
import { messageOf, Problem } from "../api/client";
import { go, path } from "../router";
import { findPerson, openLink, person, signedOut } from "./session";

const RETRY = 3000;
const USED = "This link was opened before. It works once only, so that nobody else can sign in with it.";

/** Why it is not known yet who is signed in, while that is so and asked again; else empty. */
export const entryNote = signal("");

const HOME = "/feed";
/** Where somebody was who was sent to sign in. */
let wanted = HOME;

/** Shows whoever has signed in the screen that they came for. */
export function enter() {
  go(wanted, true);
  wanted = HOME;
}

/** Asks who is signed in until the server answers, and sends nobody to the sign-in screen, now or later. */
export function needPerson() {
  let timer = 0;
  const ask = () => {
    findPerson().then(
      () => (entryNote.value = ""),
      () => {
        entryNote.value = "The server does not answer. This page keeps trying.";
        timer = window.setTimeout(ask, RETRY);
      },
    );
  };
  if (person.value === undefined) ask();
  const stop = effect(() => {
    if (person.value !== null) return;
    untracked(() => {
      wanted = signedOut.value ? HOME : path.value;
      go("/", true);
    });
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/**
 * Signs in by the one-time token in the address's fragment, if there is one, and takes it out of the address.
 * Gives a sentence for the person where that leaves nobody signed in, else an empty one.
 */
export async function enterByLink() {
  const token = new URLSearchParams(location.hash.slice(1)).get("open");
  if (!token) return "";
  try {
    await openLink(token);
  } catch (err) {
    if (!(err instanceof Problem) || err.status === 0 || err.status >= 500) return messageOf(err);
    await findPerson().catch(() => {});
    if (!person.value) return USED;
  } finally {
    history.replaceState(null, "", location.pathname);
  }
  return "";
}
