import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { isFilePart } from "@/lib/chats/file-part";
import { createId } from "@/lib/chats/id";
import type { Part } from "@/lib/chats/part";
import type { ModelChunk } from "@/lib/models/provider";
import { createAnswer } from "@/lib/streaming/answer";
import { isContent } from "@/lib/streaming/chunk";
import type { Generation } from "@/lib/streaming/generation";
import type { Streaming } from "@/lib/streaming/streaming";
import { createChunkLog } from "./chunk-log";
import { createGenerationStore } from "./generation-store";
import { forEachEngine } from "./testing/engines";
import { readAll, untilText } from "./testing/read-answer";
import { finish, text } from "./testing/scripted-provider";
import { ada, ask, options, setUpStreaming } from "./testing/streaming-core";
import { createTreeStore } from "./tree-store";

forEachEngine((engine) => {
  const { core, untilStored } = setUpStreaming(engine);

  const asked = async (writer = core()) => {
    const chatId = createId();
    const { generation, done } = await writer.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    const stored = () => writer.chats.message(chatId, generation.messageId);
    return { ...writer, chatId, generation, done, stored };
  };

  /** An answer that its process has left with nothing but this of it. */
  const abandoned = async (written: ModelChunk) => {
    const dead = await asked();
    dead.model.play(written);
    await untilContent(dead.streaming, dead.generation);
    await untilContent(core().streaming, dead.generation);
    return { ...dead, next: core() };
  };

  test("readers live, from the log and from the message have the same parts, and so has the message", async () => {
    const { model, streaming, generation, done, stored } = await asked();
    const live = readAll(streaming, generation);
    const logged = readAll(core().streaming, generation);
    model.play(...everything);
    await done;
    const message = await stored();
    expect(message?.parts).toMatchObject([
      { type: "reasoning", text: "hm" },
      { type: "text", text: "Look: there." },
      { type: "source-url", url: "https://example.com/", title: "Example" },
      { type: "file", mediaType: "image/png", url: image(30) },
      { type: "dynamic-tool", toolName: "search", input: { q: "x" }, state: "output-error" },
      { type: "data-left-out", data: { reason: "unsupported", count: 1 } },
      { type: "text", text: "Done." },
    ]);
    await createChunkLog(engine.db).dropEnded(-1_000);
    const replayed = await readAll(core().streaming, generation);
    for (const read of [await live, await logged, replayed]) {
      const answer = createAnswer();
      for (const chunk of read) answer.apply(chunk);
      expect(JSON.parse(JSON.stringify(answer.parts()))).toEqual(message?.parts);
    }
  });

  test("an answer of nothing but a call or an image is an answer", async () => {
    for (const [chunk, type] of [
      [{ type: "tool-input-start", toolCallId: "a", toolName: "search" }, "dynamic-tool"],
      [{ type: "image", url: image(30) }, "file"],
    ] as const) {
      const { model, done, stored } = await asked();
      model.play(chunk, finish());
      await done;
      expect(await stored()).toMatchObject({ status: "complete", parts: [{ type }] });
    }
  });

  test("an answer without end is ended as failed, says so, and what had arrived is kept", async () => {
    const { model, done, stored } = await asked();
    const thoughts = "t".repeat(8 * 1024 * 1024);
    const said = "s".repeat(7 * 1024 * 1024);
    model.play({ type: "reasoning-delta", text: thoughts }, text(said), text(said), text("not asked for"));
    await done;
    const message = await stored();
    expect(message).toMatchObject({
      status: "failed",
      error: {
        type: "provider_error",
        message: expect.stringContaining("cut off"),
        retryable: false,
        details: { reason: "answer_too_long" },
      },
    });
    expect(message?.parts.map(({ type, text }) => [type, String(text).length])).toEqual([
      ["reasoning", thoughts.length],
      ["text", said.length],
    ]);
  });

  test("the largest images that an answer may have are stored and replayed to the last byte", async () => {
    const { model, generation, done, stored } = await asked();
    const images = [1, 2].map(() => noise(8 * 1024 * 1024));
    model.play(...images.map((url): ModelChunk => ({ type: "image", url })));
    const logged = readAll(core().streaming, generation);
    model.play(finish());
    await done;
    const urls = (await stored())?.parts.map(({ url }) => url) ?? [];
    const read = (await logged).flatMap((chunk) => (chunk.type === "file" ? [chunk.url] : []));
    // Not by the matcher, which would print them.
    for (const some of [urls, read]) {
      expect(some).toHaveLength(2);
      expect(some.every((url, index) => url === images[index])).toBe(true);
    }
  });

  test("a page of the visible branch names larger files by where they are, and there they are, for their owner alone", async () => {
    const { model, chats, chatId, generation, done, stored } = await asked();
    const [first, large, last] = [noise(40), noise(150_000), noise(150_000)];
    const made = [first, large, last].map((url): ModelChunk => ({ type: "image", url }));
    model.play(text("See"), source, ...made, text("there"), finish());
    await done;
    const urlsIn = (parts: readonly Part[] = []) => parts.filter(isFilePart).map(({ url }) => url);
    expect(urlsIn((await stored())?.parts)).toEqual([first, large, last]);
    const whole = (await chats.messages("ada", chatId, null, 10))?.items.at(-1);
    expect(urlsIn(whole?.parts)).toEqual([first, large, last]);

    const at = (number: number) => `/api/chats/${chatId}/messages/${generation.messageId}/files/${number}`;
    const path = (await chats.activePath("ada", chatId, null, 10))?.items.at(-1);
    const branch = (await chats.branch("ada", chatId, ["leaf"]))?.path.at(-1);
    for (const { parts } of [path ?? { parts: [] }, branch ?? { parts: [] }]) {
      expect(parts.map(({ type }) => type)).toEqual(whole?.parts.map(({ type }) => type));
      expect(urlsIn(parts)).toEqual([at(0), at(1), at(2)]);
      expect(parts.filter((part) => !isFilePart(part))).toEqual(
        whole?.parts.filter((part) => !isFilePart(part)),
      );
    }
    const place = { chatId, messageId: generation.messageId };
    for (const [number, url] of [first, large, last, null].entries())
      expect((await chats.fileUrl("ada", place, number)) === url).toBe(true);
    expect(await chats.fileUrl("bob", place, 0)).toBeNull();
  });

  test("a message without larger files is read as it is", async () => {
    const { model, chats, chatId, done, stored } = await asked();
    model.play(text("x".repeat(300_000)), { type: "image", url: image(40) }, finish());
    await done;
    const parts = (await stored())?.parts;
    expect((await chats.activePath("ada", chatId, null, 10))?.items.at(-1)?.parts).toEqual(parts);
    expect((await chats.branch("ada", chatId, ["leaf"]))?.path.at(-1)?.parts).toEqual(parts);
  });

  test("a person's own wording of an answer has its larger images themselves, not where they were", async () => {
    const { model, chats, chatId, generation, done } = await asked();
    const url = noise(150_000);
    model.play(text("See"), { type: "image", url }, finish());
    await done;
    const tree = createTreeStore(engine.db);
    const place = { userId: "ada", chatId, messageId: generation.messageId };
    await tree.addVersion(place, { id: "mine", partsFrom: (parts) => [...parts] });
    expect((await chats.fileUrl("ada", { chatId, messageId: "mine" }, 0)) === url).toBe(true);
  });

  test("the model is told nothing of an answer without words, and the chat goes on", async () => {
    const first = await asked();
    first.model.play({ type: "image", url: image(30) }, finish());
    await first.done;
    const second = await first.streaming.send(ada, ask(first.chatId, "u2", "And now?"), options());
    first.model.play(text("Fine"), finish());
    await second.done;
    expect(first.model.requests.at(-1)?.messages).toEqual([
      { role: "user", text: "Hello" },
      { role: "user", text: "And now?" },
    ]);
  });

  test("a call that a failure cuts off says so, with what came of its input", async () => {
    const { model, streaming, chatId, generation, done, stored } = await asked();
    model.play(text("Let me look."), call, { type: "tool-input-delta", toolCallId: "a", text: '{"q":"lo' });
    await untilText(streaming, generation, "Let me look.");
    await streaming.stop(ada.userId, chatId, null);
    await done;
    expect(await stored()).toMatchObject({
      status: "stopped",
      parts: [
        { type: "text" },
        { input: '{"q":"lo', resultProviderMetadata: { parley: { notRun: "cut_off" } } },
      ],
    });
  });

  test("who goes on with an answer keeps its parts, ends its half-written call and writes none twice", async () => {
    const dead = await asked();
    dead.model.play(text("See "), source, { type: "image", url: image(30) }, call, text("here "));
    await untilStored(dead.streaming, dead.generation, "See here ");
    const next = core();
    await next.streaming.recover("all");
    const reading = readAll(next.streaming, { ...dead.generation, epoch: 2 });
    next.model.play(text("and there"), source, { type: "image", url: image(30) }, finish());
    await reading;
    expect((await dead.stored())?.parts).toMatchObject([
      { type: "text", text: "See " },
      { type: "source-url" },
      { type: "file" },
      { type: "dynamic-tool", resultProviderMetadata: { parley: { notRun: "cut_off" } } },
      { type: "text", text: "here and there" },
    ]);
    expect((await dead.stored())?.parts).toHaveLength(5);
  });

  test("a call alone of a writer that is gone is simply made again", async () => {
    const { next, generation, stored } = await abandoned(call);
    await next.streaming.recover("all");
    next.model.play(call, finish());
    await readAll(next.streaming, { ...generation, epoch: 2 });
    expect((await stored())?.parts).toMatchObject([
      { toolCallId: "a", resultProviderMetadata: { parley: { notRun: "no_such_tool" } } },
    ]);
  });

  test("an image alone of a writer that is gone is kept, and not paid for again", async () => {
    const { next, stored } = await abandoned({ type: "image", url: image(30) });
    await next.streaming.recover("all");
    expect(await stored()).toMatchObject({ status: "interrupted", parts: [{ type: "file" }] });
    expect(next.model.requests).toEqual([]);
  });

  test("a half-written call of an answer that is not gone on with is ended for readers and message alike", async () => {
    const { next, chatId, generation, stored } = await abandoned(call);
    const reading = readAll(core().streaming, generation);
    await createGenerationStore(engine.db).requestStop("ada", chatId, generation.id);
    await next.streaming.recover("all");
    const ended = (await reading).filter(({ type }) => type === "tool-input-error");
    expect(ended).toMatchObject([{ toolCallId: "a", providerMetadata: { parley: { notRun: "cut_off" } } }]);
    expect(await stored()).toMatchObject({ status: "stopped", parts: [{ state: "output-error" }] });
  });

  test("an answer with an image is gone on with by its person, and the image stays", async () => {
    const { model, streaming, chatId, generation, stored } = await asked();
    const url = noise(150_000);
    model.play({ type: "image", url });
    await untilContent(streaming, generation);
    await streaming.stop(ada.userId, chatId, null);
    const again = await streaming.continueAnswer(ada, chatId, generation.messageId, options());
    model.play(text("A red square."), finish());
    await again.done;
    expect(await stored()).toMatchObject({
      status: "complete",
      parts: [
        { type: "file", url },
        { type: "text", text: "A red square." },
      ],
    });
  });
});

const call: ModelChunk = { type: "tool-input-start", toolCallId: "a", toolName: "search" };
const source: ModelChunk = { type: "source", url: "https://example.com/", title: "Example" };

const everything: ModelChunk[] = [
  { type: "reasoning-delta", text: "hm" },
  text("Look: "),
  source,
  text("there."),
  source,
  { type: "image", url: image(30) },
  call,
  { type: "tool-input-delta", toolCallId: "a", text: '{"q":"x"}' },
  { type: "image", url: "https://example.com/picture.png" },
  text("Done."),
  finish(),
];

function image(bytes: number): string {
  return `data:image/png;base64,${Buffer.alloc(bytes, 7).toString("base64")}`;
}

/** As large in the database as outside. */
function noise(bytes: number): string {
  return `data:image/png;base64,${randomBytes(bytes).toString("base64")}`;
}

async function untilContent(streaming: Streaming, generation: Generation): Promise<void> {
  for await (const some of streaming.follow(generation, null, new AbortController().signal)) {
    if (some.some(({ chunk }) => isContent(chunk))) return;
  }
}
