import { expect, test } from "vitest";
import type { ModelChunk, PromptMessage } from "@/lib/models/provider";
import { createOfflineProvider } from "./offline-provider";

const questions: readonly [string, RegExp][] = [
  ["Hello", /^Hello\. I am the offline assistant/],
  ["good morning!", /^Hello\./],
  ["What can you help me with?", /^I am the offline assistant.*no language model/],
  ["what else can you do", /Markdown sample/],
  ["Are you an AI?", /`parley\/offline`/],
  ["Which model is this?", /`parley\/offline`/],
  [
    "How do I set up a key?",
    /OPENROUTER_API_KEY[\s\S]*OPENAI_API_KEY[\s\S]*OPENAI_BASE_URL[\s\S]*DEFAULT_MODEL[\s\S]*restart/,
  ],
  ["where do I put my API key", /OPENROUTER_API_KEY/],
  ["How do I connect a real model?", /OPENROUTER_API_KEY/],
  [
    "How do I set up OpenRouter?",
    /^\*\*OpenRouter\*\*[\s\S]*OPENROUTER_API_KEY[\s\S]*DEFAULT_MODEL[\s\S]*restart/,
  ],
  ["set up openai", /^\*\*OpenAI\*\*[\s\S]*OPENAI_API_KEY[\s\S]*restart/],
  ["I want to use Ollama", /OPENAI_BASE_URL=http:\/\/localhost:11434\/v1[\s\S]*restart/],
  ["What does Parley do?", /goes on[\s\S]*Stop/],
  ["What happens when I close the tab?", /goes on/],
  ["Show me a Markdown sample", /```ts[\s\S]*```/],
  ["show me a table", /\| --- \|/],
  ["write a long answer", /prepared text/],
  ["Thank you", /^You are welcome/],
  ["bye", /^Goodbye/],
];

test.each(questions)("%j is understood", async (question, answer) => {
  expect(await answerTo(question)).toMatch(answer);
});

test.each([
  "Write a poem about the sea",
  "How do I add a key to a dictionary in Python?",
  "Who founded OpenAI?",
  "Hello, please translate this letter into French",
  "Write a program that can count to 10",
  "What is the sample size of this study?",
])("%j is refused honestly, with what to do", async (question) => {
  const answer = await answerTo(question);
  expect(answer).toMatch(/^I cannot answer that\. No language model is connected/);
  expect(answer).toContain("**Settings**, **Keys**");
  for (const name of ["OPENROUTER_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL"])
    expect(answer).toContain(name);
});

test("it counts as far as it is asked to, within reason", async () => {
  expect(await answerTo("count to 5")).toBe("1, 2, 3, 4, 5.");
  expect(await answerTo("Please count from 1 to 3")).toBe("1, 2, 3.");
  expect(await answerTo("count to 0")).toBe("There is nothing to count.");
  expect(await answerTo("count to 99999999999")).toMatch(/^I stop at 2000\.\n\n1, 2, .*, 2000\.$/s);
});

test("it tells what was asked before in this chat, as text and not as Markdown", async () => {
  const chat: PromptMessage[] = [
    { role: "system", text: "You are a pirate." },
    { role: "user", text: "Hello" },
    { role: "assistant", text: "Hello." },
    { role: "user", text: "# What is\n*this*?" },
    { role: "assistant", text: "I cannot answer that." },
    { role: "user", text: "What did I ask?" },
  ];
  expect(await textOf(createOfflineProvider({ wordMs: 0 }).stream(request(chat), signal()))).toBe(
    "In this chat you asked:\n\n1. Hello\n2. \\# What is \\*this\\*?",
  );
  expect(await answerTo("What did I ask?")).toBe("This is the first thing you ask in this chat.");
});

test("a long chat is told from its end", async () => {
  const chat = Array.from(
    { length: 14 },
    (_, index): PromptMessage => ({ role: "user", text: `q${index + 1}` }),
  );
  chat.push({ role: "user", text: "what did I ask" });
  const answer = await textOf(createOfflineProvider({ wordMs: 0 }).stream(request(chat), signal()));
  expect(answer).toMatch(/there were 4 more\.\n\n5\. q5\n[\s\S]*\n14\. q14$/);
});

test("an answer comes word by word and ends with one finish that costs nothing", async () => {
  const chunks: ModelChunk[] = [];
  const provider = createOfflineProvider({ wordMs: 0 });
  for await (const chunk of provider.stream(request([{ role: "user", text: "count to 3" }]), signal()))
    chunks.push(chunk);
  expect(chunks).toEqual([
    { type: "text-delta", text: "1, " },
    { type: "text-delta", text: "2, " },
    { type: "text-delta", text: "3." },
    {
      type: "finish",
      reason: "stop",
      usage: { inputTokens: null, outputTokens: null, reasoningTokens: null, cachedTokens: null },
      costMicros: 0,
    },
  ]);
});

test("an abort between two words is heard at once", async () => {
  const abort = new AbortController();
  const words = createOfflineProvider({ wordMs: 60_000 }).stream(
    request([{ role: "user", text: "write a long answer" }]),
    abort.signal,
  );
  const next = words[Symbol.asyncIterator]().next();
  const reason = new Error("stopped");
  abort.abort(reason);
  await expect(next).rejects.toBe(reason);
});

test("no answer shouts", async () => {
  for (const [question] of questions) expect(await answerTo(question)).not.toContain("!");
});

test("it offers its one model and is always there", async () => {
  const provider = createOfflineProvider();
  expect(await provider.listModels(signal())).toMatchObject([
    { id: "parley/offline", name: "Offline assistant", provider: "offline" },
  ]);
  await expect(provider.check(signal())).resolves.toBeUndefined();
});

function answerTo(text: string): Promise<string> {
  return textOf(createOfflineProvider({ wordMs: 0 }).stream(request([{ role: "user", text }]), signal()));
}

async function textOf(chunks: AsyncIterable<ModelChunk>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) if (chunk.type === "text-delta") text += chunk.text;
  return text;
}

function request(messages: readonly PromptMessage[]) {
  return { model: "parley/offline", messages, settings: {}, chatId: "chat-1" };
}

function signal(): AbortSignal {
  return new AbortController().signal;
}
