// The page for visitors: what their browser holds, the rating it made, and what they can do about it.
import "./privacy.css";
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Question } from "../widget/record";
import type { Held } from "./check";
import { Choices } from "./parts/Choices";
import { Holding } from "./parts/Holding";
import { Ratings } from "./parts/Ratings";
import { talk, type Talk } from "./talk";
import { translate, words } from "./words";

function Page() {
  const [state, tell] = useState<Talk>({ is: "asking" });
  const ask = useRef<(question: Question) => Promise<boolean>>(undefined);
  useEffect(() => void (ask.current = talk(tell)), []);
  const asking = (question: Question) => ask.current?.(question) ?? Promise.resolve(false);
  if (state.is !== "told") return <Waiting is={state.is} again={() => asking("read")} />;
  return <Told from={state.from} held={state.held} ask={asking} />;
}

/** Why there is nothing to see yet, or here. */
function Waiting({ is, again }: { is: "asking" | "direct" | "silent"; again: () => void }) {
  const [tried, retry] = useState(false); // a button that went when it is pressed would take the focus along
  return (
    <div class="note">
      <p role="status">{words[is]}</p>
      {(tried || is === "silent") && window.opener && (
        <p>
          <button class="button quiet" type="button" onClick={() => (retry(true), again())}>
            {words.again}
          </button>
        </p>
      )}
    </div>
  );
}

function Told({ from, held, ask }: { from: string; held: Held; ask: (question: Question) => Promise<boolean> }) {
  return (
    <>
      <Holding from={from} held={held} />
      <Ratings held={held} />
      <Choices held={held} ask={ask} />
    </>
  );
}

translate(document);
const place = document.getElementById("record");
if (place) render(<Page />, place);
