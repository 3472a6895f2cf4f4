// Listens to the demo site's page, which is on our own origin: its score, its submits, where it is.
import { signal } from "@preact/signals";
import { onForm, score, type LiveScore } from "./score";
import { submitted } from "./crossing";

/** The page of the demo site that is shown. */
export const visitorPath = signal("");

const heard = new WeakSet<Document>();

/** Follows the page in a frame through all its navigations, from the frame's first load on. */
export function follow(frame: HTMLIFrameElement) {
  listen(frame);
  // The next page speaks before it has loaded entirely: be there as soon as the last one is gone.
  frame.contentWindow!.addEventListener("pagehide", () => setTimeout(() => listen(frame)));
}

function listen(frame: HTMLIFrameElement) {
  const page = frame.contentDocument;
  if (!page || heard.has(page)) return;
  heard.add(page);
  visitorPath.value = frame.contentWindow!.location.pathname;
  onForm.value = page.querySelector("form[data-assay-form]") !== null;
  page.addEventListener("assay:score", (event) => {
    onForm.value = true;
    score.value = (event as CustomEvent<LiveScore>).detail;
  });
  page.addEventListener("submit", (event) => press(event.target as HTMLFormElement), true);
  page.addEventListener("click", (event) => leaveFrame(event.target as Element), true);
}

/** A form is on its way: the clock of the crossing starts. */
function press(form: HTMLFormElement) {
  const name = form.dataset.assayForm;
  const email = form.querySelector<HTMLInputElement>("[type=email], [name=email]")?.value ?? "";
  if (name) submitted(email, name);
}

/** A link from the demo site to our own screens opens in place of this one, not within it. */
function leaveFrame(target: Element) {
  const link = target.closest("a");
  if (link && (!link.pathname.startsWith("/demo/") || link.pathname === "/demo/live")) link.target = "_top";
}
