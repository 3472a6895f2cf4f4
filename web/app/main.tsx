// The screens of reps and marketers: one page, drawn by address.
import { render } from "preact";
import "./app.css";
import { path, takeLinks } from "./router";
import { DemoLive } from "./screens/DemoLive";
import { Feed } from "./screens/Feed";
import { NotFound } from "./screens/NotFound";
import { SignIn } from "./screens/SignIn";
import { Announcer } from "./parts/Announcer";
import { followSession } from "./state/feed";

const screens = { "/": SignIn, "/feed": Feed, "/demo/live": DemoLive };

function App() {
  const Screen = screens[path.value as keyof typeof screens] ?? NotFound;
  return (
    <>
      <Screen />
      <Announcer />
    </>
  );
}

// The live demo is loaded anew: it alone comes with a policy that allows a frame.
takeLinks(["/", "/feed"]);
followSession();
render(<App />, document.getElementById("app")!);
