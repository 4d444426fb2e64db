import { expect, test } from "vitest";
import { createVersionBook } from "./version-book";

test("the versions of a message are the same array until there is another one", () => {
  const book = createVersionBook();
  const alone = book.versionsOf("question", "answer");
  expect(alone).toEqual(["answer"]);
  expect(book.versionsOf("question", "answer")).toBe(alone);

  book.keep("question", "answer");
  const again = book.versionsOf("question", "again");
  expect(again).toEqual(["answer", "again"]);
  expect(book.versionsOf("question", "again")).toBe(again);

  book.learn({ items: [], forks: [{ parentId: "question", messageIds: ["answer", "again", "third"] }] });
  expect(book.versionsOf("question", "again")).toEqual(["answer", "again", "third"]);
});
