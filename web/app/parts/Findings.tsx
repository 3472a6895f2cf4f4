import type { ComponentChildren } from "preact";
import type { Finding } from "../api/types";
import { severityWord } from "../words";

/** What a check found, or a test tried: how it is in a word, not by colour alone, and what to do. */
export function FindingRow({ finding, children }: { finding: Finding; children?: ComponentChildren }) {
  const { severity, sentence, code } = finding;
  return (
    <li class={`finding finding-${severity}`} data-code={code}>
      <b>{severityWord(severity)}</b>
      <div>
        <p>{children}{sentence}</p>
        {finding.do && <p class="todo">{finding.do}</p>}
      </div>
    </li>
  );
}
