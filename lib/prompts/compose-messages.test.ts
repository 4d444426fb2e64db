import fc from "fast-check";
import { expect, test } from "vitest";
import { composeMessages } from "./compose-messages";
import type { HistoryEntry } from "./history";
import type { Interjection, Sections } from "./sections";

test("what is told at a depth stands before so many of the newest messages, and before the last instruction", () => {
  const within = [at(9, "oldest"), at(2, "two"), at(1, "one", "user"), at(0, "end")];
  const messages = composed({ within, after: "post" }, ["a", "b", "c"]);
  expect(messages.map(({ text }) => text)).toEqual([
    "before",
    "oldest",
    "a",
    "two",
    "b",
    "one",
    "post",
    "c",
    "end",
  ]);
  expect(messages.filter(({ part }) => part === "lore").map(({ role }) => role)).toEqual([
    "system",
    "system",
    "user",
    "system",
  ]);
});

test("nothing is marked to be cached from where something is told that moves with the conversation", () => {
  const marked = (within: Interjection[]) =>
    composed({ within, marksCache: true }, ["a", "b", "c", "d", "e"])
      .filter(({ isCached }) => isCached)
      .map(({ text }) => text);
  expect(marked([])).toEqual(["before", "e"]);
  expect(marked([at(2, "x")])).toEqual(["before", "c"]);
  expect(marked([at(9, "x")])).toEqual(["before"]);
});

test("nothing of the conversation is lost or moved by what is told within it", () => {
  const depths = fc.array(fc.nat(8), { maxLength: 5 }).map((all) => all.sort((one, other) => other - one));
  fc.assert(
    fc.property(depths, fc.nat(6), (all, count) => {
      const texts = Array.from({ length: count }, (_, index) => `m${index}`);
      const messages = composed({ within: all.map((depth) => at(depth, `d${depth}`)), after: "post" }, texts);
      const told = (part: string) => messages.filter((each) => each.part === part).map(({ text }) => text);
      expect(told("history")).toEqual(texts);
      expect(told("lore")).toEqual(all.map((depth) => `d${depth}`));
      for (const [index, message] of messages.entries()) {
        if (message.part !== "lore") continue;
        const following = messages.slice(index).filter(({ part }) => part === "history").length;
        expect(following).toBe(Math.min(Number(message.text.slice(1)), count));
      }
    }),
  );
});

function at(depth: number, text: string, role: Interjection["role"] = "system"): Interjection {
  return { depth, role, text };
}

function composed(
  { within, after, marksCache = false }: { within: Interjection[]; after?: string; marksCache?: boolean },
  texts: readonly string[],
) {
  const sections: Sections = {
    before: [{ kind: "system", source: "person", text: "before" }],
    after: after === undefined ? [] : [{ kind: "post", source: "person", text: after }],
    within,
    separator: "\n",
  };
  const history = texts.map(
    (text, index): HistoryEntry => ({
      role: (texts.length - index) % 2 === 1 ? "user" : "assistant",
      text,
      messageId: text,
      isNote: false,
    }),
  );
  return composeMessages({ sections, summary: null, history, marksCache });
}
