import { installs, onDemo } from "../state/session";

/** What to do while there is nothing to see. */
export function EmptyFeed() {
  return (
    <>
      <h3>No alerts yet</h3>
      <p>
        An alert comes when somebody becomes a prospect or asks to talk.
        {onDemo.value && " Be that somebody: look at the demo site’s pricing, then book a demo, and watch the alert come in here."}
      </p>
      {installs.value && !onDemo.value && (
        <>
          <p>Is the tag in your pages yet? The install screen has it, looks at a page, and sends a test event that comes in here.</p>
          <p>
            <a class="button" href="/install">
              Put the tag into your pages
            </a>
          </p>
        </>
      )}
      {onDemo.value && (
        <p>
          <a class="button" href="/demo/" target="_blank" rel="noopener">
            Open the demo site in a new tab
          </a>
        </p>
      )}
    </>
  );
}
