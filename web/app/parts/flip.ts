// FLIP: children of a list glide from where they were to where they are.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const MOVE: KeyframeAnimationOptions = { duration: 320, easing: "cubic-bezier(0.2, 0.8, 0.2, 1)" };
const ENTER: Keyframe[] = [{ opacity: 0, transform: "translateX(-0.75rem)" }, {}];

/** Whether the person wants nothing to move. */
export const still = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Animates the children of a list, known by `data-key`, whenever its component draws; the first ones just stand.
 * Only what is on the screen moves: a browser draws each moving child by itself, and a hundred would delay them all.
 */
export function useFlip(list: RefObject<HTMLElement | null>) {
  const tops = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const before = tops.current;
    const children = [...list.current!.children] as HTMLElement[];
    tops.current = new Map(children.map((child) => [child.dataset.key!, child.offsetTop]));
    if (still.matches || !before.size) return;
    const start = list.current!.getBoundingClientRect().top - list.current!.offsetTop;
    for (const child of children) {
      const top = tops.current.get(child.dataset.key!)!;
      if (top + start > innerHeight) break;
      move(child, before.get(child.dataset.key!), top);
    }
  });
}

function move(child: HTMLElement, from: number | undefined, to: number) {
  if (from === undefined) child.animate(ENTER, MOVE);
  else if (from !== to) child.animate([{ transform: `translateY(${from - to}px)` }, { transform: "none" }], MOVE);
}
