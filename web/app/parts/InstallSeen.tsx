import { useEffect } from "preact/hooks";
import type { InstallSeen as Seen } from "../api/types";
import { listen, listening, seen, seenProblem, stopListening } from "../state/seen";
import { pageWord } from "../words";
import { FindingRow } from "./Findings";

const clock = new Intl.DateTimeFormat("en", { timeStyle: "medium", hourCycle: "h23" });

/** Shows what pages of the site do as they do it: the marketer opens one and sends its form. */
export function InstallSeen() {
  useEffect(() => stopListening, []);
  const [newest] = seen.value;
  return (
    <section aria-labelledby="seen-title">
      <h2 id="seen-title">Listen to your pages</h2>
      <p>
        Press the button, open a page of yours in another window, and send its form. What reaches the server stands here within a moment: which fields
        were understood, never what was said. What a form sends is a real enquiry; write “test” into it, and have the lead erased afterwards (<code>assay erase</code>).
      </p>
      <p>
        <button class="button quiet" type="button" onClick={() => (listening.value ? stopListening() : listen())}>
          {listening.value ? "Stop listening" : "Listen"}
        </button>
      </p>
      <p class="problem" role="alert">{seenProblem}</p>
      <p role="status" class="verdict-line">{newest ? newest.sentence : listening.value ? "Listening. Nothing has come yet." : ""}</p>
      {newest && (
        <ol class="findings" aria-label="What your pages did">
          {seen.value.map((one) => <FindingRow key={one.n} finding={one}><Where seen={one} /></FindingRow>)}
        </ol>
      )}
    </section>
  );
}

function Where({ seen: { at, page, kind, grade } }: { seen: Seen }) {
  return (
    <>
      <time class="took" dateTime={at}>{clock.format(new Date(at))}</time>{" "}
      {page && <span class="took" title={page}>{pageWord(page)}{kind && `, kind ${kind.replaceAll("_", " ")}`}{grade && `, grade ${grade}`}: </span>}
    </>
  );
}
