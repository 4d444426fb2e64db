import { z } from "zod";

export const loreProblems = [
  /** No pattern at all: where all keys are patterns, the entry is not told. */
  "pattern_invalid",
  /** A pattern that wants more than is to be had here: the entry's other keys count. */
  "pattern_not_used",
  "pattern_too_large",
  "key_too_large",
  "decorators_ignored",
  "settings_ignored",
  "over_budget",
  "not_searched",
] as const;

const named = z.object({
  /** The place of the entry in the book, from 0. */
  entry: z.number().int().nonnegative(),
  name: z.string(),
});

export const loreNoteSchema = named.extend({
  problem: z.enum(loreProblems),
  /** Which keys, decorators or settings; empty where it is the entry itself. */
  what: z.array(z.string()),
});

/** What became of a lorebook in a prompt. Tokens are estimated, as the book's budget counts them. */
export const loreReportSchema = z.object({
  told: z.array(
    named.extend({
      /** `recursion`: its key is in the text of another entry. */
      reason: z.enum(["key", "always", "recursion"]),
      /** That was found. */
      key: z.string().nullable(),
      tokens: z.number().int().nonnegative(),
    }),
  ),
  notes: z.array(loreNoteSchema),
});

export type LoreNote = z.infer<typeof loreNoteSchema>;
export type LoreReport = z.infer<typeof loreReportSchema>;
