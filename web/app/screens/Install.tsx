import { useEffect } from "preact/hooks";
import { InstallCheck } from "../parts/InstallCheck";
import { InstallSeen } from "../parts/InstallSeen";
import { InstallTag } from "../parts/InstallTag";
import { InstallTest } from "../parts/InstallTest";
import { TopBar } from "../parts/TopBar";
import { Waiting } from "../parts/Waiting";
import { needPerson } from "../state/entry";
import { installs, person } from "../state/session";
import { setTitle } from "../title";

/** The marketers' way from the tag to a page that is known to work. */
export function Install() {
  useEffect(() => {
    setTitle("Install");
    return needPerson();
  }, []);
  if (!person.value) return <Waiting />;
  return (
    <>
      <TopBar />
      <main class="install">
        <h1>Install</h1>
        {installs.value ? (
          <>
            <InstallTag />
            <InstallCheck />
            <InstallTest />
            <InstallSeen />
          </>
        ) : (
          <p>An admin or a marketer of your site puts the tag into its pages. Your role cannot.</p>
        )}
      </main>
    </>
  );
}
