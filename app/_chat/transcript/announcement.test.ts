import type { ChatStatus } from "ai";
import { expect, test } from "vitest";
import type { ChatMessage, ChatMessageMetadata } from "@/app/_client/session/chat-message";
import { announce, silence } from "./announcement";

const sending = question({ delivery: "sending" });
const sent = question({});
const writing = answer("a", { status: "streaming" });
const complete = answer("a", { status: "complete" });

test("an answer is told of once it has begun, and when it has ended", () => {
  expect(
    told(["ready"], ["submitted", sending], ["submitted", sent], ["streaming", writing], ["ready", complete]),
  ).toEqual(["live.began", "live.ended"]);
});

test("how it ended is told as it was", () => {
  for (const [status, text] of [
    ["stopped", "live.stopped"],
    ["failed", "live.failed"],
    ["interrupted", "live.failed"],
  ] as const)
    expect(told(["submitted", sent], ["streaming", writing], ["ready", answer("a", { status })])).toEqual([
      "live.began",
      text,
    ]);
  const short = answer("a", { status: "complete", finishReason: "length" });
  expect(told(["streaming", writing], ["ready", short])).toEqual(["live.began", "answer.cut.length"]);
  const cut = answer("a", { status: "streaming", isDetached: true });
  expect(told(["streaming", writing], ["ready", cut])).toEqual(["live.began", "live.detached"]);
});

test("an answer that is there at once is told of as ended", () => {
  expect(told(["ready"], ["submitted", sent], ["ready", complete])).toEqual(["live.ended"]);
});

test("one that runs when the page opens is told of once, also while its stream is joined", () => {
  expect(
    told(
      ["ready", writing],
      ["submitted", writing],
      ["streaming", writing],
      ["streaming", complete],
      ["ready", complete],
    ),
  ).toEqual(["live.began", "live.ended"]);
});

test("a question that reaches nobody begins no answer and ends none", () => {
  expect(told(["ready", complete], ["submitted", sending], ["error", sending], ["ready", complete])).toEqual(
    [],
  );
});

test("a question that is refused is told of as not sent, and taking it back tells nothing", () => {
  const failed = question({ delivery: "failed" });
  expect(told(["ready", complete], ["submitted", sending], ["ready", failed], ["ready", complete])).toEqual([
    "live.notSent",
  ]);
});

test("turning from one version to another tells nothing", () => {
  const stopped = answer("b", { status: "stopped" });
  expect(told(["ready", complete], ["ready", stopped], ["ready", complete])).toEqual([]);
  expect(told(["streaming", writing], ["ready", complete], ["ready", stopped])).toEqual([
    "live.began",
    "live.ended",
  ]);
});

test("another answer, or more of one, that is refused tells nothing of an answer", () => {
  expect(told(["ready", complete], ["submitted", sent], ["ready", complete])).toEqual([]);
  const stopped = answer("b", { status: "stopped" });
  const goingOn = answer("b", { status: "streaming" });
  expect(told(["ready", stopped], ["submitted", goingOn], ["ready", stopped])).toEqual([]);
});

test("an answer that is continued is told of as ended, also when it ends as it had before", () => {
  for (const [before, after, text] of [
    [{ status: "complete", finishReason: "length" }, { status: "complete" }, "live.ended"],
    [{ status: "stopped" }, { status: "stopped" }, "live.stopped"],
  ] as const)
    expect(
      told(
        ["ready", answer("a", before)],
        ["submitted", writing],
        ["streaming", writing],
        ["ready", answer("a", after)],
      ),
    ).toEqual(["live.began", text]);
});

test("what is told is the same however often the page is drawn", () => {
  const once = announce(announce(silence, { status: "streaming", last: writing }), {
    status: "ready",
    last: complete,
  });
  expect(announce(once, { status: "ready", last: complete })).toBe(once);
});

/** All that is read out while the chat goes through this. */
function told(...states: [ChatStatus, ChatMessage?][]): string[] {
  let announcement = silence;
  return states.flatMap(([status, last]) => {
    const before = announcement.text;
    announcement = announce(announcement, { status, last });
    return announcement.text === before || announcement.text === "" ? [] : [announcement.text];
  });
}

function question(metadata: ChatMessageMetadata): ChatMessage {
  return { id: "q", role: "user", parts: [{ type: "text", text: "?" }], metadata };
}

function answer(id: string, metadata: ChatMessageMetadata): ChatMessage {
  return { id, role: "assistant", parts: [], metadata };
}
