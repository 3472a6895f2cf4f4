import { useEffect } from "preact/hooks";
import { setTitle } from "../title";

/** For addresses that no screen has. */
export function NotFound() {
  useEffect(() => setTitle("Not found"), []);
  return (
    <main class="message">
      <h1>There is nothing here</h1>
      <p>
        The address may be old or mistyped. <a href="/feed">Go to the feed</a>
      </p>
    </main>
  );
}
