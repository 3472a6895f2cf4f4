// Where the panel stands: in a corner where it lies on nothing that the visitor needs, and on nothing that the page keeps on the screen.
import { CONTROLS, type Field } from "./element";

/** Pixels between the panel and what the page keeps on the screen. */
const GAP = 8;
/** Pixels from the panel's edges at which it is looked what lies there: along them, and where small buttons of the page stand. */
const INSETS = [1, 24];

type Box = Pick<DOMRect, "left" | "right" | "top" | "bottom">;
type Move = [dx: number, dy: number];

/** An element and all around it, out of shadow trees too. */
export function around(element: Element) {
  const all: Element[] = [];
  for (let at: Element | undefined = element; at; at = at.parentElement || (at.getRootNode() as ShadowRoot).host) all.push(at);
  return all;
}

/** Whether two things share no place on the screen. */
const apart = (a: Box, b: Box) => a.right <= b.left || a.left >= b.right || a.bottom <= b.top || a.top >= b.bottom;

/**
 * Makes what finds how far to move the panel of a form from its own corner, where `box` is: to another one, or beside a bar that the
 * page keeps there. Nothing, where each has what is needed now: the field with the focus, unless that is in the panel, and
 * buttons of forms. What the page keeps on the screen is looked for where `look` is true, else it is what was found then.
 */
export function placing(form: HTMLFormElement, host: Element) {
  const page = form.ownerDocument;
  const { documentElement: root } = page;
  const own = around(form);
  /** What the page was found to keep on the screen. */
  const kept = new Set<Element>();

  /** What of it is at a point: banners, bars, other widgets. What the form is in does not count. */
  function keptAt(x: number, y: number) {
    let hit: Element | null | undefined = page.elementsFromPoint(x, y).find((element) => element != host);
    for (let tree = hit?.shadowRoot; tree; tree = hit!.shadowRoot) {
      const inner: Element | null = tree.elementFromPoint(x, y);
      if (inner?.getRootNode() != tree) break; // one of the page's, in a slot
      hit = inner;
    }
    return hit && around(hit).find((element) => !own.includes(element) && getComputedStyle(element).position == "fixed");
  }

  /** Looks for it where the panel would be. What is as large as the page is one only if it lies over the form, not behind it. */
  function find({ left, right, top, bottom }: Box) {
    const steps = (from: number, to: number) => [...INSETS.flatMap((inset) => [from + inset, to - inset]), (from + to) / 2];
    const found = new Set(steps(left, right).flatMap((x) => steps(top, bottom).map((y) => keptAt(x, y))));
    for (const element of found) {
      if (!element) continue;
      const { width, height } = element.getBoundingClientRect();
      if (width < root.clientWidth * 0.9 || height < root.clientHeight * 0.9 || liesOver(element)) kept.add(element);
    }
  }

  /** Whether something lies over the form, in the middle of what is seen of it. */
  function liesOver(element: Element) {
    const { left, right, top, bottom } = form.getBoundingClientRect();
    const middle = (from: number, to: number, end: number) => (Math.max(from, 0) + Math.min(to, end)) / 2;
    return keptAt(middle(left, right, root.clientWidth), middle(top, bottom, root.clientHeight)) == element;
  }

  return (box: Box, controls: Field[], inside: boolean, look: boolean) => {
    if (look) kept.clear();
    const buttons = controls.filter(
      // What sends a form by script may stand beside it, and belong to none.
      (field) => field.ownerDocument == page && /^(sub|ima|but)/.test(field.type) && (field.form || form.parentNode!.contains(field)),
    );
    const needed = [...buttons, ...(inside ? [] : typedInto(page))].map((element) => element.getBoundingClientRect());

    /** A corner, or beside what is kept there. */
    function beside([dx, dy]: Move): Move | undefined {
      const atTop = dy < 0;
      for (let tries = 0; tries < 2; tries++) {
        const at = { left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy };
        if (at.top < 0 || at.bottom > root.clientHeight) return;
        if (look) find(at);
        const rects = [...kept].map((element) => element.getBoundingClientRect()).filter((rect) => !apart(rect, at));
        if (!rects.length) return needed.every((rect) => apart(rect, at)) ? [dx, dy] : undefined;
        if (atTop) dy += Math.max(...rects.map(({ bottom }) => bottom)) + GAP - at.top;
        else dy += Math.min(...rects.map(({ top }) => top)) - GAP - at.bottom;
      }
    }
    const over = root.clientWidth - box.right - box.left; // to the other side
    const up = root.clientHeight - box.bottom - box.top;
    for (const corner of [[0, 0], [over, 0], [0, up], [over, up]] as Move[]) {
      const found = beside(corner);
      if (found) return found;
    }
  };
}

/** The field with the focus, in whatever tree; none where nothing has it, or something else. */
function typedInto(page: Document) {
  let active = page.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active?.matches(CONTROLS) || (active as Field | null)?.isContentEditable ? [active as Field] : [];
}
