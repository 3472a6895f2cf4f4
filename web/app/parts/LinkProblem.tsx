/** For somebody whose one-time link did not open. */
export function LinkProblem({ sentence }: { sentence: string }) {
  return (
    <main class="message">
      <h1>This link did not open</h1>
      <p>{sentence}</p>
      <p>
        <a class="button" href="/">
          Sign in instead
        </a>
      </p>
      <p class="soft">On a demo server the sign-ins are printed where it was started, and a restart prints a new link.</p>
    </main>
  );
}
