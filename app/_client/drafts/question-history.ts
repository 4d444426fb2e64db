/**
 * Goes through the questions of a chat as a shell goes through its commands: from an empty field upwards,
 * and back down to it. A text that was changed is the person's own, and is left alone.
 */
export function createQuestionHistory() {
  let steps = 0;
  let shown = "";
  return {
    /** The text to show instead of `value`, or null where the key means the caret. */
    step(direction: "earlier" | "later", value: string, questions: readonly string[]): string | null {
      if (value !== shown || value === "") {
        if (value !== "") return null;
        steps = 0;
      }
      const next = steps + (direction === "earlier" ? 1 : -1);
      if (next < 0 || next > questions.length) return null;
      steps = next;
      shown = questions.at(-next) ?? "";
      if (next === 0) shown = "";
      return shown;
    },
  };
}
