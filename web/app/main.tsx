// The screens of reps and marketers: one page, drawn by address.
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import "./app.css";
import { path, takeLinks } from "./router";
import { DemoLive } from "./screens/DemoLive";
import { Feed } from "./screens/Feed";
import { Install } from "./screens/Install";
import { NotFound } from "./screens/NotFound";
import { SignIn } from "./screens/SignIn";
import { Announcer } from "./parts/Announcer";
import { followSession } from "./state/feed";

const screens = { "/": SignIn, "/feed": Feed, "/install": Install, "/demo/live": DemoLive };

function App() {
  useFocusOnScreen();
  const Screen = screens[path.value as keyof typeof screens] ?? NotFound;
  return (
    <>
      <Screen />
      <Announcer />
    </>
  );
}

/** Puts the focus on the heading of a screen that takes another's place, as a page of its own would begin at its top. */
function useFocusOnScreen() {
  const shown = useRef(path.value);
  useEffect(() => {
    if (shown.current === path.value) return;
    shown.current = path.value;
    const heading = document.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  }, [path.value]);
}

// The live demo is loaded anew: it alone comes with a policy that allows a frame.
takeLinks(["/", "/feed", "/install"]);
followSession();
render(<App />, document.getElementById("app")!);
