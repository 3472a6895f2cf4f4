import { useSignal } from "@preact/signals";
import { messageOf } from "../api/client";
import { path } from "../router";
import { installs, onDemo, person, signOut } from "../state/session";
import { Brand } from "./Brand";
import { ConnectionState } from "./ConnectionState";
import { SoundToggle } from "./SoundToggle";

const places = [
  { href: "/feed", name: "Feed" },
  { href: "/install", name: "Install", who: installs },
  { href: "/demo/live", name: "Live demo", who: onDemo },
];

/** What stands above every screen of somebody signed in. */
export function TopBar() {
  const problem = useSignal("");
  const leave = () => signOut().catch((err) => (problem.value = messageOf(err)));
  return (
    <header class="top">
      <Brand />
      <nav aria-label="Main">
        {places.map(
          ({ href, name, who }) =>
            (!who || who.value) && (
              <a key={href} href={href} aria-current={path.value === href ? "page" : undefined}>
                {name}
              </a>
            ),
        )}
      </nav>
      <div class="tools">
        <ConnectionState />
        <SoundToggle />
        <span class="me" title={person.value?.email}>
          {person.value?.name || person.value?.email}
        </span>
        <button class="button quiet" onClick={leave}>
          Sign out
        </button>
      </div>
      {problem.value && <p role="alert">{problem}</p>}
    </header>
  );
}
