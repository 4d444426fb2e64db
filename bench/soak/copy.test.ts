import { expect, test } from "vitest";
import { type Copy, createCopy } from "./copy.ts";

const start = { type: "start", messageId: "m" };

test("a reader that goes on from its cursor builds one text", () => {
  const copy = createCopy();
  read(copy, "whole", [["1.1", start], word(1, 2), word(1, 3)]);
  read(copy, "rest", [word(1, 4), ["1.5", { type: "finish" }]]);
  expect(copy).toMatchObject({ text: "2 3 4 ", messageId: "m", breaches: [], replayedEpochs: [] });
  expect(copy.ending).toEqual({ type: "finish", errorType: null });
});

test("a replay may merge deltas, and takes the place of what was read before", () => {
  const copy = createCopy();
  read(copy, "whole", [["1.1", start], word(1, 2)]);
  read(copy, "rest", [["2.1", start], word(2, 9), word(2, 10)]);
  expect(copy).toMatchObject({ text: "9 10 ", cursor: "2.10", breaches: [], replayedEpochs: [1] });
});

test("a number that comes twice, one that is left out and an epoch that is over are breaches", () => {
  expect(breachesOf([word(1, 2), word(1, 2)])).toEqual(["1.2 after 1.2: a number that came before"]);
  expect(breachesOf([["1.3", { type: "text-end" }]])).toEqual(["1.3 after 1.1: numbers were left out"]);
  expect(breachesOf([word(2, 2), word(1, 3)])).toEqual(["1.3 after 2.2: an epoch that is over"]);
  const copy = createCopy();
  read(copy, "whole", [["1.1", start], word(1, 2)]);
  read(copy, "rest", [word(1, 4)]);
  expect(copy.breaches).toEqual(["1.4 after 1.2: numbers were left out"]);
});

test("a stream without a start, a start in its middle, another message and words after the end are breaches", () => {
  const without = createCopy();
  read(without, "whole", [word(1, 1)]);
  expect(without.breaches).toEqual(["no start, but 1.1"]);
  expect(breachesOf([["1.2", start]])).toEqual(["a start in the middle of a stream, at 1.2"]);
  expect(breachesOf([["1.2", { type: "abort" }], word(1, 3)])).toEqual(["text-delta at 1.3, after the end"]);
  const other = createCopy();
  read(other, "whole", [["1.1", start]]);
  read(other, "whole", [["1.1", { ...start, messageId: "n" }]]);
  expect(other.breaches).toEqual(["another message at 1.1: n and not m"]);
});

test("an error is told by the type of its ChatError", () => {
  const copy = createCopy();
  const error = { type: "error", errorText: '{"type":"interrupted"}' };
  read(copy, "whole", [
    ["1.1", start],
    ["1.2", error],
  ]);
  expect(copy.ending).toEqual({ type: "error", errorType: "interrupted" });
});

type Sent = [string, unknown];

function word(epoch: number, seq: number): Sent {
  return [`${epoch}.${seq}`, { type: "text-delta", id: "t", delta: `${seq} ` }];
}

function read(copy: Copy, manner: "whole" | "rest", sent: readonly Sent[]) {
  copy.open(manner);
  for (const [id, chunk] of sent) copy.take(id, chunk);
}

function breachesOf(sent: readonly Sent[]): readonly string[] {
  const copy = createCopy();
  read(copy, "whole", [["1.1", start], ...sent]);
  return copy.breaches;
}
