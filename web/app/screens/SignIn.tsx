import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { messageOf, Problem } from "../api/client";
import { Brand } from "../parts/Brand";
import { enter } from "../state/entry";
import { findPerson, person, signIn, signInNote } from "../state/session";
import { setTitle } from "../title";

/** Where people sign in; who is signed in already goes straight on. */
export function SignIn() {
  const busy = useSignal(false);
  const problem = useSignal("");

  useEffect(() => {
    setTitle("Sign in");
    if (person.value === undefined) findPerson().catch((err) => (problem.value = messageOf(err)));
  }, []);
  useEffect(() => {
    if (person.value) enter();
  }, [person.value]);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const said = new FormData(event.currentTarget as HTMLFormElement);
    busy.value = true;
    problem.value = "";
    await signIn(String(said.get("email")), String(said.get("password"))).catch((err) => (problem.value = sentence(err)));
    busy.value = false;
  }

  return (
    <main class="signin">
      <form class="panel" onSubmit={submit} aria-labelledby="signin-title">
        <Brand />
        <h1 id="signin-title">Sign in</h1>
        {signInNote.value && <p class="hint">{signInNote}</p>}
        <p class="problem" role="alert">
          {problem}
        </p>
        <label>
          Mail address
          <input name="email" type="email" autocomplete="username" required autofocus />
        </label>
        <label>
          Password
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <button class="button" disabled={busy}>
          {busy.value ? "Signing in…" : "Sign in"}
        </button>
      </form>
    </main>
  );
}

/** What to do about a refused sign-in. */
function sentence(err: unknown) {
  if (!(err instanceof Problem)) return messageOf(err);
  if (err.status === 401) return "Mail address and password do not match. Check both and try again.";
  if (err.status === 429) return `Too many attempts. Try again ${err.retryAfter ? `in ${err.retryAfter} s` : "in a minute"}.`;
  return err.message;
}
