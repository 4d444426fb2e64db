import { expect, test } from "vitest";
import { createQuestionHistory } from "./question-history";

const questions = ["first", "second", "third"];

test("an empty field goes back through the questions, and forth to being empty", () => {
  const history = createQuestionHistory();
  expect(history.step("earlier", "", questions)).toBe("third");
  expect(history.step("earlier", "third", questions)).toBe("second");
  expect(history.step("later", "second", questions)).toBe("third");
  expect(history.step("later", "third", questions)).toBe("");
  expect(history.step("later", "", questions)).toBeNull();
});

test("before the first question there is none", () => {
  const history = createQuestionHistory();
  for (const [value, shown] of [
    ["", "third"],
    ["third", "second"],
    ["second", "first"],
  ] as const) {
    expect(history.step("earlier", value, questions)).toBe(shown);
  }
  expect(history.step("earlier", "first", questions)).toBeNull();
  expect(history.step("later", "first", questions)).toBe("second");
});

test("a text that was typed or changed is never replaced", () => {
  const history = createQuestionHistory();
  expect(history.step("earlier", "my own", questions)).toBeNull();
  expect(history.step("earlier", "", questions)).toBe("third");
  expect(history.step("earlier", "third!", questions)).toBeNull();
});

test("an emptied field begins with the latest question again", () => {
  const history = createQuestionHistory();
  history.step("earlier", "", questions);
  history.step("earlier", "third", questions);
  expect(history.step("earlier", "", questions)).toBe("third");
});
