import { useEffect } from "preact/hooks";
import { followLeads, leads, stale } from "../state/leads";
import { LeadRow } from "./LeadRow";
import { SampleBanner } from "./SampleBanner";

/** The latest leads, whether they raised an alert or not. */
export function LeadsPanel() {
  useEffect(followLeads, []);
  return (
    <section class="leads" aria-labelledby="leads-title">
      <h2 id="leads-title">Latest leads</h2>
      <SampleBanner />
      <p class="soft" role="status">
        {stale.value && "The list cannot be read right now. We keep trying."}
      </p>
      {leads.value?.length === 0 && <p class="soft">No leads yet. Everybody who sends a form is listed here, alert or not.</p>}
      {leads.value && leads.value.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Grade</th>
              <th scope="col">Who</th>
              <th scope="col">Stage</th>
              <th scope="col">Owner</th>
            </tr>
          </thead>
          <tbody>
            {leads.value.map((lead) => (
              <LeadRow key={lead.id} lead={lead} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
