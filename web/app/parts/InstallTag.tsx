import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../api/calls";
import { messageOf } from "../api/client";
import type { InstallTags } from "../api/types";
import { person } from "../state/session";

/** The tag to paste, rolling and pinned. */
export function InstallTag() {
  const tags = useSignal<InstallTags | undefined>(undefined);
  const problem = useSignal("");
  useEffect(() => {
    api.installTags().then((found) => (tags.value = found), (err) => (problem.value = messageOf(err)));
  }, []);
  return (
    <section aria-labelledby="tag-title">
      <h2 id="tag-title">Put the tag into your pages</h2>
      <p>It belongs into the head of every page. Forms work with it as without it, also where it is blocked.</p>
      <p class="problem" role="alert">{problem}</p>
      {!problem.value && (
        // While they come, nobody sees or reaches what keeps their room.
        <div class={tags.value ? "tags" : "tags room"}>
          <Copied name="Tag" text={tags.value?.tag ?? likely()} />
          <details>
            <summary>A tag for one version alone, with its hash</summary>
            <p>Browsers run these bytes or none; it takes no new version by itself.</p>
            <Copied name="Pinned tag" text={tags.value?.pinned_tag ?? ""} />
          </details>
        </div>
      )}
    </section>
  );
}

/** A text as long as the tag will be: the server knows best by which address pages reach it. */
const likely = () => `<script src="${location.origin}/assay.js" data-site="${person.value?.site}" async></script>`;

/** A text with a button that copies it, and says so itself: nothing moves. */
function Copied({ name, text }: { name: string; text: string }) {
  const said = useSignal<"" | "copied" | "refused">("");
  // Where a page came by plain HTTP, browsers have no clipboard at all.
  const copy = async () => (said.value = await (navigator.clipboard?.writeText(text).then(() => "copied" as const, () => "refused" as const) ?? "refused"));
  return (
    <div class="copied">
      <code tabIndex={0} role="group" aria-label={name}>{text}</code>
      <button class="button quiet" type="button" aria-label={`Copy: ${name}`} onClick={copy}>{said.value === "copied" ? "Copied" : "Copy"}</button>
      <span role="status" class={said.value === "refused" ? "" : "unseen"}>
        {said.value === "copied" && "Copied."}
        {said.value === "refused" && "The browser does not let us copy. Select it and copy it by hand."}
      </span>
    </div>
  );
}
