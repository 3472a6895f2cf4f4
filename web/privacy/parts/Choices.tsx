import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Question } from "../../widget/record";
import type { Held } from "../check";
import { words } from "../words";

/** To object and to delete, done by the page that was asked. */
export function Choices({ held, ask }: { held: Held; ask: (question: Question) => Promise<boolean> }) {
  const [done, tell] = useState("");
  const status = useRef<HTMLParagraphElement>(null);
  const act = async (question: "object" | "forget") => {
    tell("");
    if (await ask(question)) tell(words.done[question]);
  };
  // The button that was pressed may be of no more use and gone; who is without eyes must not be thrown to the page's top.
  useLayoutEffect(() => {
    if (done && document.activeElement === document.body) status.current?.focus();
  }, [done]);
  const { objected, visitor, visits, waiting, facts, kept } = held;
  const some = visitor || visits.length || waiting.length || Object.keys(facts).length || (kept && !objected);
  return (
    <>
      <h2>{words.choices}</h2>
      {objected ? (
        <p>{words.objected}</p>
      ) : (
        <Choice id="object" lead={words.objectLead} name={words.object} act={() => act("object")} />
      )}
      {some ? (
        <Choice id="forget" lead={words.forgetLead + (waiting.length ? words.forgetWaiting : "")} name={words.forget} act={() => act("forget")} />
      ) : (
        <p>{words.nothing}</p>
      )}
      <p role="status" tabIndex={-1} ref={status}>{done}</p>
    </>
  );
}

function Choice({ id, lead, name, act }: { id: string; lead: string; name: string; act: () => void }) {
  return (
    <div class="choice">
      <p id={id}>{lead}</p>
      <button class="button quiet" type="button" aria-describedby={id} onClick={act}>{name}</button>
    </div>
  );
}
