// FLIP: children of a list glide from where they were to where they are.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const MOVE: KeyframeAnimationOptions = { duration: 320, easing: "cubic-bezier(0.2, 0.8, 0.2, 1)" };
const ENTER: Keyframe[] = [{ opacity: 0, transform: "translateX(-0.75rem)" }, {}];

/** Whether the person wants nothing to move. */
export const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Animates the children of a list, known by `data-key`, whenever its component draws; the first ones just stand. */
export function useFlip(list: RefObject<HTMLElement | null>) {
  const tops = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const before = tops.current;
    tops.current = new Map();
    for (const child of list.current!.children as HTMLCollectionOf<HTMLElement>) {
      const key = child.dataset.key!;
      tops.current.set(key, child.offsetTop);
      if (!still.matches && before.size) move(child, before.get(key));
    }
  });
}

function move(child: HTMLElement, from: number | undefined) {
  if (from === undefined) child.animate(ENTER, MOVE);
  else if (from !== child.offsetTop) {
    child.animate([{ transform: `translateY(${from - child.offsetTop}px)` }, { transform: "none" }], MOVE);
  }
}
