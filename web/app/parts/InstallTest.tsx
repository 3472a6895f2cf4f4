import { useSignal } from "@preact/signals";
import * as api from "../api/calls";
import { messageOf } from "../api/client";
import type { InstallTrial } from "../api/types";
import { stepWord } from "../words";
import { FindingRow } from "./Findings";

const ms = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** Sends a test event and shows each step that it took. */
export function InstallTest() {
  const trial = useSignal<InstallTrial | undefined>(undefined);
  const busy = useSignal(false);
  const problem = useSignal("");

  async function send() {
    if (busy.value) return;
    busy.value = true;
    problem.value = "";
    trial.value = undefined;
    await api.sendTest("").then((came) => (trial.value = came), (err) => (problem.value = messageOf(err)));
    busy.value = false;
  }

  const came = trial.value;
  return (
    <section aria-labelledby="test-title">
      <h2 id="test-title">Send a test event</h2>
      <p>
        It takes the way of a visitor’s enquiry through this server, as far as an alert that goes to you alone. No rep hears of it, no number
        changes, and it is erased at the end.
      </p>
      <p>
        <button class="button" type="button" aria-disabled={busy.value} onClick={send}>
          {busy.value ? "Sending…" : "Send a test event"}
        </button>
      </p>
      <p class="problem" role="alert">{problem}</p>
      <p role="status" class="verdict-line">
        {came && (came.works ? `It came through in ${ms.format(total(came))} ms.` : "It did not come through.")}
      </p>
      {came && (
        <ol class="findings" aria-label="Steps of the test event">
          {came.steps.map((step) => (
            <FindingRow key={step.step} finding={step}>
              <span class="step-name">{stepWord(step.step)}</span> <span class="took">{ms.format(step.ms)} ms</span>{" "}
            </FindingRow>
          ))}
        </ol>
      )}
    </section>
  );
}

const total = ({ steps }: InstallTrial) => steps.reduce((sum, step) => sum + step.ms, 0);
