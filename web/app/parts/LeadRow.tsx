import type { Lead } from "../api/types";
import { person } from "../state/session";
import { stageWord } from "../words";
import { BandMark } from "./BandMark";
import { Freshness } from "./Freshness";
import { Grade } from "./Grade";

/** One lead in the list. */
export function LeadRow({ lead }: { lead: Lead }) {
  const name = lead.name || lead.email || "Unnamed";
  return (
    <tr data-lead-id={lead.id}>
      <td>
        <div class="rating">
          <Grade grade={lead.grade} band={lead.band} />
          <BandMark band={lead.band} />
        </div>
      </td>
      <th scope="row">
        <span class="name">{name}</span>
        <span class="soft">{lead.company}</span>
      </th>
      <td class="stage-of">
        {stageWord(lead.stage)}
        <Freshness at={lead.last_seen} />
      </td>
      <td>{ownerWord(lead)}</td>
    </tr>
  );
}

function ownerWord({ owner, owner_name }: Lead) {
  if (!owner) return <span class="soft">–</span>;
  return owner === person.value?.id ? "You" : owner_name || "A colleague";
}
