import { useSignal } from "@preact/signals";
import * as api from "../api/calls";
import { messageOf } from "../api/client";
import type { InstallReport } from "../api/types";
import { FindingRow } from "./Findings";

/** Has a page looked at, and shows what works, what does not, and what to do. */
export function InstallCheck() {
  const report = useSignal<InstallReport | undefined>(undefined);
  const busy = useSignal(false);
  const problem = useSignal("");

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy.value) return;
    const { value } = (event.currentTarget as HTMLFormElement).elements.namedItem("url") as HTMLInputElement;
    busy.value = true;
    problem.value = "";
    report.value = undefined;
    await api.checkPage(addressOf(value)).then((found) => (report.value = found), (err) => (problem.value = messageOf(err)));
    busy.value = false;
  }

  const found = report.value;
  return (
    <section aria-labelledby="check-title">
      <h2 id="check-title">Check a page</h2>
      <p>The server fetches it as a browser is served it. What scripts add later it cannot see.</p>
      <form class="asked" onSubmit={submit}>
        <label>
          Address of a page with a form
          <input name="url" inputMode="url" required placeholder="https://" autocomplete="url" autocapitalize="off" spellcheck={false} />
        </label>
        <button class="button quiet" aria-disabled={busy.value}>{busy.value ? "Checking…" : "Check the page"}</button>
      </form>
      <p class="problem" role="alert">{problem}</p>
      <p role="status" class="verdict-line">{found && (found.works ? "It works." : "It does not work yet.")}</p>
      {found && (
        <>
          <ul class="findings" aria-label="What was found">{found.findings.map((finding, i) => <FindingRow key={i} finding={finding} />)}</ul>
          {found.forms.filter(({ fields }) => fields.length).map((form, i) => <Fields key={i} form={form} />)}
        </>
      )}
    </section>
  );
}

/** An address as people write it: without https:// it is meant. */
const addressOf = (said: string) => (/^[a-z][a-z\d+.-]*:\/\//i.test(said.trim()) ? said.trim() : `https://${said.trim()}`);

/** How the fields of a form are understood. */
function Fields({ form: { name, kind, fields } }: { form: InstallReport["forms"][number] }) {
  return (
    <details>
      <summary>{name ? `Form ${name}, ${kind}` : "A form without a name, which the script leaves alone"}: {fields.length === 1 ? "1 field" : `${fields.length} fields`}</summary>
      <table>
        <thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Understood as</th></tr></thead>
        <tbody>
          {fields.map((field, i) => <tr key={i}><th scope="row">{field.name}</th><td>{field.type}</td><td>{field.as.replaceAll("_", " ")}</td></tr>)}
        </tbody>
      </table>
    </details>
  );
}
