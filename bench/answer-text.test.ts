import { expect, test } from "vitest";
import { readAnswer } from "./answer-text";

test("the text grows with the deltas of Parley and of a chat completion alike", () => {
  const ours = answer(
    '{"type":"start"}',
    '{"type":"text-delta","delta":"Hel"}',
    '{"type":"text-delta","delta":"lo"}',
  );
  const theirs = answer(
    '{"choices":[{"delta":{"content":"Hel"},"finish_reason":null}]}',
    '{"choices":[{"delta":{"content":"lo"},"finish_reason":null}]}',
    '{"choices":[],"usage":{}}',
  );

  expect(ours.text).toBe("Hello");
  expect(theirs.text).toBe("Hello");
  expect(ours.growth).toEqual([
    { length: 3, atMs: 1 },
    { length: 5, atMs: 2 },
  ]);
});

test("an answer is finished only when its server says so", () => {
  expect(answer('{"type":"text-delta","delta":"Hello"}', "[DONE]").isFinished).toBe(false);
  expect(answer('{"type":"finish"}').isFinished).toBe(true);
  expect(answer('{"choices":[{"delta":{},"finish_reason":"stop"}]}').isFinished).toBe(true);
  expect(answer('{"type":"error","errorText":"broken"}')).toMatchObject({
    isFinished: false,
    error: "broken",
  });
});

function answer(...data: string[]) {
  return readAnswer(data.map((each, index) => ({ id: null, data: each, atMs: index })));
}
