// What a module of words holds: `words.en.ts` and its translations, each loaded alone.

/** A question with its answers, divided by "|" and in the order of `PRESETS`; without them, the presets say it in any language. */
export type Question = readonly [question: string, answers?: string];

/** The words of the panel. */
export interface Words {
  /** The language, as `lang` has it. */
  lang: string;
  /** Heading, sentence, what the link says, and that it opens in a new tab. */
  talk: readonly [string, string, string, string];
  /** The sentence under a question, and the answer that is none. */
  ask: readonly [string, string];
  close: string;
  /** Where all of this is, for those who hear it. */
  last: string;
  questions: Record<string, Question>;
}

/** The notice of a rating: its sentence, which ends in a space, and its link. */
export type Notice = readonly [sentence: string, link: string];
