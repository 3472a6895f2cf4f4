import { useEffect } from "preact/hooks";
import { AlertList } from "../parts/AlertList";
import { EmptyFeed } from "../parts/EmptyFeed";
import { LeadsPanel } from "../parts/LeadsPanel";
import { TopBar } from "../parts/TopBar";
import { Waiting } from "../parts/Waiting";
import { needPerson } from "../state/entry";
import { person } from "../state/session";
import { setTitle } from "../title";

/** The reps' screen: alerts as they come, the latest leads beside them. */
export function Feed() {
  useEffect(() => {
    setTitle("Feed");
    return needPerson();
  }, []);
  if (!person.value) return <Waiting />;
  return (
    <>
      <TopBar />
      <main class="feed">
        <h1 class="unseen">Feed</h1>
        <AlertList>
          <EmptyFeed />
        </AlertList>
        <LeadsPanel />
      </main>
    </>
  );
}
