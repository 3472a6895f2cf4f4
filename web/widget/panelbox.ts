// The panel as a part of the page: a host with an open shadow tree. It is fixed, so that nothing shifts; it never takes the focus, and
// goes out of the way of the field that has it and of the form's buttons.
import { CONTROLS, type Field } from "./element";
import { STYLE } from "./panelstyle";
import type { Tools } from "./tools";
import type { Words } from "./words";

/** A panel on the page. */
export interface Box {
  /** Adds a part above those that are there, so that these stay in place, and has its heading and sentence read out politely. */
  add(heading: string | HTMLElement, sentence: string, control: Element): void;
  /** Removes the panel; the focus, if it is inside, goes back to where it came from. */
  remove(): void;
}

/** Milliseconds until a new live region is known to those who read it out. */
const HEARD = 100;

/** Makes an element with members and children. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, members: object, ...children: (Node | string)[]) {
  const element = Object.assign(document.createElement(tag), members);
  element.append(...children);
  return element;
}

/** Puts an empty panel on a form's page, into the form's dialog if it is in one. `closed` is called when the visitor closes it. */
export function open([, all]: Tools, form: HTMLFormElement, words: Words, closed: () => void): Box {
  const host = document.createElement("assay-panel");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const { style } = [...sheet.cssRules].at(-1) as CSSStyleRule;
  const section = make("section", { lang: words.lang });
  const close = make("button", { type: "button", textContent: words.close, onclick: closed });
  shadow.append(section);
  (form.closest("dialog[open]") || document.body).append(host);

  /** Where the focus was before it came into the panel. */
  let before: EventTarget | null = null;
  let [x, y] = [0, 0];
  let frame = 0;

  /** Puts the panel into a corner where it covers none of what the visitor needs now, or away where there is none. */
  function place() {
    frame = 0;
    if (!form.isConnected) return remove();
    const { left, right, bottom } = section.getBoundingClientRect();
    const { top } = section.firstElementChild!.getBoundingClientRect(); // the parts stand at its end
    const { clientWidth, clientHeight } = document.documentElement;
    const inside = shadow.activeElement;
    const needed = all<Field>(CONTROLS)
      .filter((field) => field.form && /^(sub|ima|but)/.test(field.type))
      .concat(inside ? [] : typedInto())
      .map((element) => element.getBoundingClientRect());
    /** Whether the panel would lie on nothing that is needed, moved so far from its own corner. */
    const free = (dx: number, dy: number) =>
      needed.every((r) => r.right <= left - x + dx || r.left >= right - x + dx || r.bottom <= top - y + dy || r.top >= bottom - y + dy);
    const over = clientWidth - right - left + 2 * x; // to the other side
    const up = clientHeight - bottom - top + 2 * y;
    const at = [[0, 0], [over, 0], [0, up], [over, up]].find(([dx, dy]) => free(dx, dy));
    if (at) [x, y] = at;
    // A transform moves what is seen without shifting anything.
    style.transform = `translate(${x}px,${y}px)`;
    section.classList.toggle("away", !at && !inside);
  }
  const soon = () => (frame ||= requestAnimationFrame(place));
  const sized = new ResizeObserver(soon);
  for (const type of ["focusin", "scroll", "resize"]) addEventListener(type, soon, { capture: true, passive: true });
  sized.observe(document.documentElement);

  shadow.addEventListener("focusin", (event) => {
    const { relatedTarget } = event as FocusEvent;
    if (relatedTarget && !shadow.contains(relatedTarget as Node)) before = relatedTarget;
  });
  shadow.addEventListener("keydown", (event) => {
    if ((event as KeyboardEvent).key != "Escape") return;
    event.preventDefault(); // a dialog around it stays open
    event.stopPropagation();
    closed();
  });

  function remove() {
    const held = shadow.activeElement;
    for (const type of ["focusin", "scroll", "resize"]) removeEventListener(type, soon, true);
    sized.disconnect();
    host.remove();
    if (held) (before as HTMLElement | null)?.focus();
  }

  return {
    remove,
    add(heading, sentence, control) {
      const status = make("div", {});
      status.setAttribute("role", "status"); // polite by itself
      const part = make("div", { className: "part" }, status);
      section.prepend(part);
      setTimeout(() => {
        const title = make("h2", { dir: "auto" }, heading);
        status.append(title, make("p", { dir: "auto" }, sentence));
        part.append(control);
        if (!close.isConnected) part.append(close);
        part.classList.add("on");
        section.setAttribute("aria-label", title.textContent!);
        place();
      }, HEARD);
    },
  };
}

/** The field with the focus, in whatever tree; none where nothing has it, or something else. */
function typedInto() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active?.matches(CONTROLS) || (active as Field | null)?.isContentEditable ? [active as Field] : [];
}
