// What few pages use comes as a module when it is asked for, and works with what the script hands over: this list.
import type * as Extras from "./extras";
import { engineBoot, score } from "./engine";
import { all, guard, heard, roots, site, url } from "./page";
import { signal, visit } from "./visit";
import { facts, fieldName, read } from "./fields";
import { formName, knownForms, memory } from "./forms";
import { watch } from "./scan";
import { allowed, settings, state } from "./state";
import { moves, prove } from "./touch";

/** What changes while a page is open, as it is now. */
const present = () => [state, settings, engineBoot] as const;

/** Made when they are handed over: by then each part of the script is there, whatever their order. */
const tools = () => [
  site, all, roots, heard, watch, signal, memory, formName, knownForms, read, facts, present, visit, allowed, prove, score, fieldName, moves,
] as const;

/** The script's own functions and lists, by their place: names would weigh more. */
export type Tools = ReturnType<typeof tools>;

/** The address of `extras.ts`, named by its content: the build puts it in. */
declare const EXTRAS: string;

let extras: Promise<any>;

/**
 * Does what few pages need: its code comes when it is asked for, as a module, which strict policies let in. Where it does
 * not come, the page goes without.
 */
export const extra = guard(
  async <N extends keyof typeof Extras>(name: N, ...args: Parameters<(typeof Extras)[N]> extends [any, ...infer R] ? R : never) =>
    (await (extras ||= import(url(EXTRAS))))[name]?.(tools(), ...args),
);
