import { readUIMessageStream, type UIMessage } from "ai";
import { ask, messagesOf } from "@/e2e/ask";
import { callsOf, expect, test, untilCall } from "@/e2e/fixtures";
import { nobody, signInAsGuest } from "@/e2e/person";
import { type ReadChunk, readStream, readUntil, typesOf } from "@/e2e/read-stream";
import { imagesOf } from "@/e2e/scripted-model/deltas";
import { scriptFor } from "@/e2e/scripted-model/turn";
import { listMessages } from "@/lib/api/chats";
import { createId } from "@/lib/chats/id";

const model = "scripted/burst";
const withSources =
  '[[say="Heat is moved." source="https://example.com/a" title="A page" source="https://example.com/a" title="Again" source="javascript:alert(1)" source="https://example.org/b"]]';

test("sources, images and calls are stored as they were streamed, and replayed alike", async ({ person }) => {
  for (const [question, kinds] of [
    [withSources, ["text", "source-url", "source-url"]],
    ['[[say="Look:" image=2 image-size=300]]', ["text", "file", "file"]],
    [`[[tool=search args='{"q":"x"}' tool=look]]`, ["dynamic-tool", "dynamic-tool"]],
    ["[[tokens=0 image]]", ["file"]],
  ] as const) {
    const { response, chatId, generationId } = await ask(person, question, { model });
    const live = await messageOf(await readStream(response));
    const replay = await person.request("GET", `/api/chat/${chatId}/stream?generation=${generationId}`);
    const replayed = await messageOf(await readStream(replay));
    const stored = (await messagesOf(person, chatId))[1];
    expect(stored?.parts.map(({ type }) => type)).toEqual(kinds);
    expect(shownOf(live)).toEqual(stored?.parts);
    expect(shownOf(replayed)).toEqual(stored?.parts);
  }
});

test("a page is a source once, and only pages are", async ({ person }) => {
  const { response, chatId } = await ask(person, withSources, { model });
  await readStream(response);
  expect((await messagesOf(person, chatId))[1]?.parts.slice(1)).toEqual([
    { type: "source-url", sourceId: "source-1", url: "https://example.com/a", title: "A page" },
    { type: "source-url", sourceId: "source-2", url: "https://example.org/b" },
  ]);
});

test("a picture of megabytes comes to its readers and into the database to the last byte", async ({
  person,
}) => {
  const question = "[[tokens=3 image image-size=1200]]";
  const { response, chatId } = await ask(person, question, { model });
  const live = (await readStream(response)).find(({ chunk }) => chunk.type === "file")?.chunk;
  const [drawn] = imagesOf(scriptFor(model, question));
  const stored = (await messagesOf(person, chatId))[1]?.parts.find(({ type }) => type === "file");
  expect(drawn?.image_url.url.length).toBeGreaterThan(5_000_000);
  expect(live?.type === "file" && live.url === drawn?.image_url.url).toBe(true);
  expect(stored?.url === drawn?.image_url.url).toBe(true);
});

test("the visible branch names a large picture by where it is: there are its bytes, for its owner alone", async ({
  app,
  person,
}) => {
  const question = "[[tokens=3 image=2 image-size=300]]";
  const { response, chatId } = await ask(person, question, { model });
  await readStream(response);
  const [, answer] = (await person.call(listMessages, { params: { chatId }, query: { path: "active" } }))
    .items;
  const urls = answer?.parts.flatMap(({ url }) => (typeof url === "string" ? [url] : [])) ?? [];
  expect(urls).toEqual([0, 1].map((number) => `/api/chats/${chatId}/messages/${answer?.id}/files/${number}`));
  for (const [index, { image_url }] of imagesOf(scriptFor(model, question)).entries()) {
    const file = await person.request("GET", urls[index] ?? "");
    expect(file.status).toBe(200);
    expect(file.headers.get("content-type")).toBe("image/png");
    expect(file.headers.get("x-content-type-options")).toBe("nosniff");
    expect(file.headers.get("cache-control")).toContain("private");
    const base64 = Buffer.from(await file.arrayBuffer()).toString("base64");
    expect(`data:image/png;base64,${base64}` === image_url.url).toBe(true);
  }
  const stranger = await signInAsGuest(app.url);
  const [first = ""] = urls;
  expect((await stranger.request("GET", first)).status).toBe(404);
  expect((await nobody(app.url).request("GET", first)).status).toBe(401);
  for (const number of ["2", "-1", "x", "1e9"])
    expect((await person.request("GET", first.replace(/0$/, number))).status).toBe(404);
});

test("what is too large or too much is not kept, and the answer says so", async ({ person }) => {
  const large = await ask(person, '[[say="Large:" image image-size=1800]]', { model });
  await readStream(large.response);
  expect((await messagesOf(person, large.chatId))[1]).toMatchObject({
    status: "complete",
    parts: [
      { type: "text" },
      { type: "data-left-out", data: { kind: "image", reason: "too_large", count: 1 } },
    ],
  });
  const many = await ask(person, "[[tokens=0 image=6 image-size=20]]", { model });
  await readStream(many.response);
  const parts = (await messagesOf(person, many.chatId))[1]?.parts ?? [];
  expect(parts.map(({ type }) => type)).toEqual(["file", "file", "file", "file", "data-left-out"]);
  expect(parts.at(-1)).toMatchObject({ data: { reason: "too_many", count: 2 } });
});

test("a call of a tool that Parley does not have is shown for what it is, and nothing is asked again", async ({
  model: scripted,
  person,
}) => {
  const { response, chatId } = await ask(person, `[[tool=get_weather args='{"city":"Oslo"}']]`, { model });
  const read = await readStream(response);
  expect(typesOf(read)).not.toContain("tool-input-available");
  expect(read.at(-1)?.chunk).toMatchObject({ type: "finish", finishReason: "tool-calls" });
  expect((await messagesOf(person, chatId))[1]?.parts).toMatchObject([
    {
      type: "dynamic-tool",
      toolName: "get_weather",
      state: "output-error",
      input: { city: "Oslo" },
      errorText: "Not run: Parley has no such tool.",
    },
  ]);
  expect(callsOf(scripted, chatId)).toHaveLength(1);
});

test("two thousand pieces of a tool's input reach a reader as few chunks", async ({ person }) => {
  const input = JSON.stringify({ text: "word ".repeat(3_200) });
  const { response } = await ask(person, `[[interval=1 tool=write args='${input}']]`, { model });
  const deltas = (await readStream(response)).filter(({ chunk }) => chunk.type === "tool-input-delta");
  expect(deltas.length).toBeLessThan(60);
  const text = deltas
    .map(({ chunk }) => (chunk.type === "tool-input-delta" ? chunk.inputTextDelta : ""))
    .join("");
  expect(text).toBe(input);
});

test("a reader who joins while an input is written has its beginning in one piece, and then the rest", async ({
  model: scripted,
  person,
}) => {
  const input = JSON.stringify({ text: "word ".repeat(100) });
  const chatId = createId();
  const first = await ask(person, `[[interval=40 tool=write args='${input}']]`, { model, chatId });
  await untilCall(scripted, chatId, ({ tokensSent }) => tokensSent > 25);
  const joined = await person.request("GET", `/api/chat/${chatId}/stream`);
  const [early, late] = await Promise.all([readStream(first.response), readStream(joined)]);
  expect(shownOf(await messageOf(late))).toEqual(shownOf(await messageOf(early)));
  expect(shownOf(await messageOf(late))).toMatchObject([{ input: JSON.parse(input) }]);
});

test("a stop in the middle of an input keeps what had come of it", async ({ person }) => {
  const input = JSON.stringify({ text: "word ".repeat(200) });
  const { response, chatId } = await ask(person, `[[interval=40 tool=write args='${input}']]`, { model });
  const reading = readUntil(response, (read) => typesOf(read).includes("tool-input-delta"));
  await reading;
  await person.request("POST", `/api/chat/${chatId}/stop`, { body: {} });
  const [part] = (await messagesOf(person, chatId))[1]?.parts ?? [];
  expect(part).toMatchObject({
    state: "output-error",
    resultProviderMetadata: { parley: { notRun: "cut_off" } },
  });
  expect(input.startsWith(String(part?.input))).toBe(true);
});

/** What the SDK's own reader makes of a stream. */
async function messageOf(read: readonly ReadChunk[]): Promise<UIMessage> {
  const stream = new ReadableStream({
    start(controller) {
      for (const { chunk } of read) controller.enqueue(chunk);
      controller.close();
    },
  });
  let last: UIMessage | null = null;
  for await (const message of readUIMessageStream({ stream, terminateOnError: true })) last = message;
  if (last === null) throw new Error("the stream held no message");
  return last;
}

/** Without what only marks a step, as JSON. */
function shownOf({ parts }: UIMessage): unknown {
  return JSON.parse(JSON.stringify(parts.filter(({ type }) => type !== "step-start")));
}
