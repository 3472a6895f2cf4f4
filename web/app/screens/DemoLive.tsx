import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { AlertList } from "../parts/AlertList";
import { DemoSite } from "../parts/DemoSite";
import { LinkProblem } from "../parts/LinkProblem";
import { ScorePanel } from "../parts/ScorePanel";
import { ScoreStrip } from "../parts/ScoreStrip";
import { TopBar } from "../parts/TopBar";
import { Waiting } from "../parts/Waiting";
import { enterByLink, needPerson } from "../state/entry";
import { person } from "../state/session";
import { setTitle } from "../title";

/** The whole product at a glance: the visitor's page, the score, the rep's feed. */
export function DemoLive() {
  const problem = useSignal("");
  useEffect(() => {
    setTitle("Live demo");
    let leave = () => {};
    enterByLink().then((sentence) => {
      if (sentence) problem.value = sentence;
      else leave = needPerson();
    });
    return () => leave();
  }, []);
  if (problem.value) return <LinkProblem sentence={problem.value} />;
  if (!person.value) return <Waiting />;
  return (
    <>
      <TopBar />
      <main class="live">
        <h1 class="unseen">Live demo</h1>
        <ScoreStrip />
        <DemoSite />
        <ScorePanel />
        <AlertList>
          <h3>No alerts yet</h3>
          <p>You are the visitor on their page, and the rep here. Book a demo there, and the alert comes in here.</p>
        </AlertList>
      </main>
    </>
  );
}
