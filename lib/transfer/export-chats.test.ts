import { expect, test } from "vitest";
import type { Chat } from "@/lib/chats/chat";
import type { Message } from "@/lib/chats/message";
import { AppError } from "@/lib/errors/app-error";
import { t } from "@/lib/i18n/translator";
import { createExporter, type ExportFormat } from "./export-chats";
import { type ExportedCall, exportedFileSchema } from "./exported-chat";

const actor = { userId: "ada", isGuest: false, isAdministrator: false };

test("a file of no chats, of one and of many is whole JSON with all of their messages in order", async () => {
  for (const chatCount of [0, 1, 3]) {
    const ids = Array.from({ length: chatCount }, (_, index) => `c${index}`);
    const file = JSON.parse(await exported("json", ids, () => chain(2_500)));
    const { chats, exportedAt, usage } = exportedFileSchema.parse(file);
    expect(usage).toEqual([call("one"), call("two"), call("three")]);
    expect(exportedAt).toBe("2026-01-02T03:04:05.000Z");
    expect(chats.map(({ id }) => id)).toEqual(ids);
    for (const { messages } of chats) expect(messages).toEqual(chain(2_500));
  }
});

test("a chat that is deleted for good meanwhile is left out, and any other failure breaks the file off", async () => {
  const gone = (id: string) => {
    if (id === "gone") throw new AppError("not_found", "no such chat");
    return chain(1);
  };
  const { chats } = exportedFileSchema.parse(JSON.parse(await exported("json", ["a", "gone", "b"], gone)));
  expect(chats.map(({ id }) => id)).toEqual(["a", "b"]);
  const failing = exported("json", ["a"], () => {
    throw new AppError("unavailable", "the database is away");
  });
  await expect(failing).rejects.toThrow("the database is away");
});

test("one chat at a time is read, and the next one when it is asked for", async () => {
  const read: string[] = [];
  const exporter = createExporter(
    parts(["a", "b", "c"], (id) => {
      read.push(id);
      return chain(1);
    }),
  );
  const texts = exporter.export(actor, "json");
  await texts.next();
  expect(read).toEqual([]);
  await texts.next();
  expect(read).toEqual(["a"]);
  await texts.return(undefined);
  expect(read).toEqual(["a"]);
});

test("Markdown has the visible branch only, with who spoke and where an answer is cut", async () => {
  const messages = [
    message({ id: "q", role: "user", text: "Why?" }),
    message({ id: "old", parentId: "q", text: "An older version" }),
    message({ id: "new", parentId: "q", text: "Because", status: "stopped", model: "acme/one" }),
  ];
  const text = await exported("markdown", ["a"], () => messages, "new");
  expect(text).toBe(
    "# Chats from Parley\n\n---\n\n# A title\n\n2026-01-01\n\n## You\n\nWhy?\n\n## acme/one\n\nBecause\n\n*This answer is not complete.*\n",
  );
});

async function exported(
  format: ExportFormat,
  ids: readonly string[],
  messagesOf: (id: string) => Message[],
  leafMessageId: string | null = null,
): Promise<string> {
  const texts: string[] = [];
  const exporter = createExporter(parts(ids, messagesOf, leafMessageId));
  for await (const text of exporter.export(actor, format)) texts.push(text);
  return texts.join("");
}

function parts(
  ids: readonly string[],
  messagesOf: (id: string) => Message[],
  leafMessageId: string | null = null,
): Parameters<typeof createExporter>[0] {
  return {
    source: { listAll: async () => ids.map((id) => ({ id, settings: {} })), listCalls },
    chats: {
      get: async (_, id) => chat(id, leafMessageId),
      messages: async (_, id, { before, limit }) => {
        const all = messagesOf(id);
        const end = before === undefined ? all.length : Number(before);
        const start = Math.max(0, end - limit);
        return { items: all.slice(start, end), nextCursor: start > 0 ? String(start) : null, forks: [] };
      },
    },
    t,
    now: () => new Date("2026-01-02T03:04:05Z"),
  };
}

async function* listCalls() {
  yield [call("one"), call("two")];
  yield [call("three")];
}

function call(model: string): ExportedCall {
  const tokens = { inputTokens: 1, outputTokens: 2, reasoningTokens: null, cachedTokens: null };
  const paid = { provider: "p", payer: "installation", costMicros: 3, source: "reported" } as const;
  return { kind: "answer", chatId: "c", model, ...tokens, ...paid, createdAt: "2026-01-01T00:00:00.000Z" };
}

function chat(id: string, leafMessageId: string | null): Chat {
  const at = "2026-01-01T00:00:00.000Z";
  const kept = {
    pinned: false,
    archived: false,
    unread: false,
    deletedAt: null,
    createdAt: at,
    updatedAt: at,
  };
  const unused = { model: null, characterId: null, profileId: null, activeGeneration: null };
  return { id, title: "A title", leafMessageId, ...kept, ...unused };
}

function chain(length: number): Message[] {
  return Array.from({ length }, (_, index) =>
    message({ id: `m${index}`, parentId: index === 0 ? null : `m${index - 1}` }),
  );
}

function message({ text = "", ...more }: Partial<Message> & { text?: string }): Message {
  return {
    id: "m",
    parentId: null,
    role: "assistant",
    parts: [{ type: "text", text }],
    status: "complete",
    error: null,
    generationId: null,
    model: null,
    usage: null,
    metadata: {},
    createdAt: "2026-01-01T00:00:00.000Z",
    ...more,
  };
}
