// Who is signed in.
import { computed, signal } from "@preact/signals";
import * as api from "../api/calls";
import { Problem } from "../api/client";
import type { Person } from "../api/types";

/** The person signed in; null for nobody, undefined while we do not know yet. */
export const person = signal<Person | null | undefined>(undefined);

/** Whether they belong to the demo's site: only where it is there are its pages. */
export const onDemo = computed(() => person.value?.site === "demo");

/** Whether they put the tag into pages and try it: the server lets nobody else. */
export const installs = computed(() => person.value?.role === "admin" || person.value?.role === "marketer");

/** Why somebody has to sign in again, for the sign-in screen; else empty. */
export const signInNote = signal("");

/** Whether nobody is signed in because somebody signed out here, on purpose. */
export const signedOut = signal(false);

/**
 * Asks the server who is signed in. Throws Problem where it cannot say. An answer that comes after somebody signed in here is
 * about the time before, and changes nothing.
 */
export async function findPerson() {
  const before = person.value;
  const found = await api.whoAmI().then(
    (session) => session.person,
    (err) => {
      if (err instanceof Problem && err.status === 401) return null;
      throw err;
    },
  );
  if (person.value === before) person.value = found;
}

/** Signs in with a password. Throws Problem. */
export async function signIn(email: string, password: string) {
  person.value = (await api.signIn(email, password)).person;
  signInNote.value = "";
  signedOut.value = false;
}

/** Signs in with the token of a one-time link. Throws Problem. */
export async function openLink(token: string) {
  person.value = (await api.openLink(token)).person;
}

/** Signs out. Throws Problem, and then the session still stands. */
export async function signOut() {
  await api.signOut();
  signedOut.value = true;
  person.value = null;
}

/** The server no longer knows our session. */
export function sessionEnded() {
  signInNote.value = "Your session has ended. Please sign in again.";
  person.value = null;
}
