import { expect, test } from "vitest";
import { historyOf } from "./history";

test("the model is told that its last answer was cut off", () => {
  expect(historyOf([user("Tell me"), answer("Once upon", "stopped"), user("And then?")])).toEqual([
    { role: "user", text: "Tell me" },
    { role: "assistant", text: "Once upon" },
    { role: "system", text: "The person stopped your previous answer before it was finished." },
    { role: "user", text: "And then?" },
  ]);
});

test("an answer that came to nothing is not told", () => {
  expect(historyOf([user("Hi"), answer("", "failed"), user("Hi again")])).toEqual([
    { role: "user", text: "Hi" },
    { role: "user", text: "Hi again" },
  ]);
});

test("reasoning is not told again", () => {
  const thought = {
    ...answer("Four", "complete"),
    parts: [
      { type: "reasoning", text: "2+2" },
      { type: "text", text: "Four" },
    ],
  };
  expect(historyOf([thought])).toEqual([{ role: "assistant", text: "Four" }]);
});

function user(text: string) {
  return { role: "user" as const, status: "complete" as const, parts: [{ type: "text", text }] };
}

function answer(text: string, status: "complete" | "stopped" | "failed") {
  return { role: "assistant" as const, status, parts: text === "" ? [] : [{ type: "text", text }] };
}
