import { expect, test } from "vitest";

import { parseChatRequest } from "./chat-request.ts";
import { sampleArguments } from "./sample-arguments.ts";
import { scriptedText } from "./scripted-text.ts";
import { scriptFor, turnFor } from "./turn.ts";

const asked = "Tell me [[tokens=30]]";
const full = scriptedText(scriptFor("scripted/burst", asked));
const user = (content: unknown) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });

test("directives count in the newest message of the user only", () => {
  const turn = turnOf([user("[[tokens=9 error=500]]"), assistant("Done."), user("[[say=Hi]]")]);
  expect(turn.script.failure).toBeNull();
  expect(scriptedText(turn.script)).toBe("Hi");
});

test("the text of a message in parts is read like a plain one", () => {
  const content = [
    { type: "text", text: "Look [[say=" },
    { type: "image_url" },
    { type: "text", text: "Hi]]" },
  ];
  expect(scriptedText(turnOf([user(content)]).script)).toBe("Hi");
});

test("a prefill is answered with exactly the rest of the text", () => {
  for (const length of [1, 10, 57, full.length - 1]) {
    const { script, isPrefill } = turnOf([user(asked), assistant(full.slice(0, length))]);
    expect(full.slice(0, length) + scriptedText(script)).toBe(full);
    expect(isPrefill).toBe(true);
  }
});

test("a prefill whose last space was trimmed gets that space back", () => {
  const partial = full.slice(0, full.indexOf(" ") + 1);
  expect(partial.trimEnd() + scriptedText(turnOf([user(asked), assistant(partial.trimEnd())]).script)).toBe(
    full,
  );
});

test("a prefill that is the whole answer already is answered with nothing more", () => {
  expect(scriptedText(turnOf([user(asked), assistant(full)]).script)).toBe("");
});

test("a request to continue is answered with the rest, and counts failures with the first one", () => {
  const messages = [
    user(asked),
    assistant(full.slice(0, 40)),
    user("Please continue exactly where you stopped."),
  ];
  const turn = turnOf(messages);
  expect(scriptedText(turn.script)).toBe(full.slice(40));
  expect(turn.prompt).toBe(asked);
});

test("a continuation may repeat what was said last", () => {
  const prompt = "Tell me [[tokens=30 overlap=15]]";
  const turn = turnOf([user(prompt), assistant(full.slice(0, 40)), user("Continue")]);
  expect(scriptedText(turn.script)).toBe(full.slice(25));
});

test("a whole answer or another's words are not continued", () => {
  const fresh = scriptedText(scriptFor("scripted/burst", "Continue"));
  expect(scriptedText(turnOf([user(asked), assistant(full), user("Continue")]).script)).toBe(fresh);
  expect(scriptedText(turnOf([user(asked), assistant("Something else"), user("Continue")]).script)).toBe(
    fresh,
  );
});

test("a tool is called once, and its result ends the matter", () => {
  const prompt = user(`[[tool=add args='{"a":1}' text=tool-result]]`);
  const call = { role: "assistant", content: null, tool_calls: [{ id: "x" }] };
  const result = { role: "tool", tool_call_id: "x", content: "42" };
  expect(turnOf([prompt]).toolCalls).toEqual([{ name: "add", arguments: '{"a":1}' }]);
  expect(turnOf([prompt, call, result]).toolCalls).toEqual([]);
  expect(scriptedText(turnOf([prompt, call, result]).script)).toBe("The tool answered:\n\n42");
});

test("a tool loop calls again as often as it is asked to", () => {
  const prompt = user("[[tool=add tool-rounds=2]]");
  const round = [
    { role: "assistant", content: null, tool_calls: [{ id: "x" }] },
    { role: "tool", content: "42" },
  ];
  expect(turnOf([prompt, ...round]).toolCalls).toHaveLength(1);
  expect(turnOf([prompt, ...round, ...round]).toolCalls).toHaveLength(0);
});

test("a tool without a name is the first one declared, with arguments that its schema accepts", () => {
  const parameters = {
    type: "object",
    required: ["title", "due", "priority"],
    properties: {
      title: { type: "string" },
      due: { type: "string", format: "date" },
      priority: { enum: ["low", "high"] },
      note: { type: "string" },
    },
  };
  const tools = [{ type: "function", function: { name: "createTask", parameters } }];
  expect(turnOf([user("[[tool]]")], { tools }).toolCalls).toEqual([
    { name: "createTask", arguments: '{"title":"scripted","due":"2026-01-02","priority":"low"}' },
  ]);
  expect(turnOf([user("[[tool]]")]).toolCalls).toEqual([]);
});

test("sample arguments cover nested schemas", () => {
  const item = {
    type: "object",
    required: ["n"],
    properties: { n: { type: ["integer", "null"], minimum: 3 } },
  };
  expect(sampleArguments({ type: "array", minItems: 1, items: { anyOf: [item, { type: "null" }] } })).toEqual(
    [{ n: 3 }],
  );
});

function turnOf(messages: unknown[], more: Record<string, unknown> = {}) {
  return turnFor(parseChatRequest({ model: "scripted/burst", messages, ...more }));
}
