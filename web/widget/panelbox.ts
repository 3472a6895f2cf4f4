// The panel as a part of the page: a host with an open shadow tree. It is fixed, so that nothing shifts; it never takes the focus, and
// goes out of the way of what the visitor needs and of what the page keeps on the screen.
import { CONTROLS, type Field } from "./element";
import { around, placing } from "./panelplace";
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

/** After what the panel may have to stand elsewhere. */
const MOVING = ["focusin", "scroll", "scrollend", "resize", "click"];

/** Milliseconds until a new live region is known to those who read it out. */
const HEARD = 100;

/** Whether a form is on a page that is shown: that of a frame may have gone. */
export const isThere = (form: HTMLFormElement) => form.isConnected && form.ownerDocument.defaultView;

/** Makes an element with members and children. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, members: object, ...children: (Node | string)[]) {
  const element = Object.assign(document.createElement(tag), members);
  element.append(...children);
  return element;
}

/**
 * Puts an empty panel on a form's page, which may be a frame's: after the body, whose own rules for its last part hold as they
 * did, or into the form's dialog, since nothing else can be reached then. `closed` is called when the visitor closes it.
 */
export function open([, all]: Tools, form: HTMLFormElement, words: Words, closed: () => void): Box {
  const page = form.ownerDocument;
  const view = page.defaultView!;
  const dialog = around(form).find((element) => Element.prototype.matches.call(element, "dialog[open],[aria-modal=true]")); // a form's own may be a field
  const trapped = dialog && dialog.localName != "dialog";
  const host = page.createElement("assay-panel");
  // A script that keeps the focus within such a dialog looks for what can have it: for the host, whose own parts then have it.
  const shadow = host.attachShadow({ mode: "open", delegatesFocus: trapped });
  if (trapped) host.tabIndex = 0;
  const sheet = new (view as any).CSSStyleSheet() as CSSStyleSheet;
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const { style } = [...sheet.cssRules].at(-1) as CSSStyleRule;
  const section = make("section", { lang: words.lang, dir: view.getComputedStyle(page.body).direction });
  const close = make("button", { type: "button", textContent: words.close, onclick: closed });
  shadow.append(section);
  (dialog || page.documentElement).append(host);
  if (trapped) {
    // Else a dialog that is moved by a transform would be what the panel is placed in, and might cut it off.
    section.popover = "manual";
    section.showPopover?.();
  }

  /** Where the focus was before it came into the panel. */
  let before: EventTarget | null = null;
  let [x, y] = [0, 0];
  let frame = 0;
  const findPlace = placing(form, host);
  /** Whether more than the view's part of the page has changed: while it scrolls, what stays on the screen need not be looked for. */
  let look = true;

  /** Puts the panel into a corner where it covers none of what the visitor needs now, or away where there is none. */
  function place() {
    frame = 0;
    if (!isThere(form)) return remove();
    const { left, right, bottom } = section.getBoundingClientRect();
    const { top } = section.firstElementChild!.getBoundingClientRect(); // the parts stand at its end
    const inside = !!shadow.activeElement;
    const own = { left: left - x, right: right - x, top: top - y, bottom: bottom - y };
    const at = findPlace(own, all<Field>(CONTROLS), inside, look);
    look = false;
    if (at) [x, y] = at;
    // A transform moves what is seen without shifting anything.
    style.transform = `translate(${x}px,${y}px)`;
    section.classList.toggle("away", !at && !inside);
  }
  const soon = (by?: unknown) => {
    look ||= (by as Event).type != "scroll";
    frame ||= requestAnimationFrame(place);
  };
  const sized = new ResizeObserver(soon);
  for (const type of MOVING) view.addEventListener(type, soon, { capture: true, passive: true });
  sized.observe(page.documentElement);
  const added = new MutationObserver(soon); // a banner that comes later
  added.observe(page.body, { childList: true });

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
    for (const type of MOVING) view.removeEventListener(type, soon, true);
    sized.disconnect();
    added.disconnect();
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
        const last = section.lastElementChild == part && !dialog; // the first part tells those who hear it where it is
        status.append(title, make("p", { dir: "auto" }, sentence, ...(last ? [make("span", {}, ` ${words.last}`)] : [])));
        part.append(control);
        if (!close.isConnected) part.append(close);
        part.classList.add("on");
        section.setAttribute("aria-label", title.textContent!);
        look = true;
        place();
      }, HEARD);
    },
  };
}
