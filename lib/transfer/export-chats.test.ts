import { expect, test } from "vitest";
import type { Character } from "@/lib/characters/character";
import { parseCard } from "@/lib/characters/parse-card";
import type { Chat } from "@/lib/chats/chat";
import type { Message } from "@/lib/chats/message";
import { AppError } from "@/lib/errors/app-error";
import { t } from "@/lib/i18n/server-translator";
import { personSettingsSchema } from "@/lib/settings/settings";
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

test("the profiles are in the file, and the characters with their pictures, those in the trash last", async () => {
  const moments = { createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" };
  const profile = { id: "p", name: "Ada", description: "Tall", isDefault: true, ...moments };
  const unused = { summary: "", creator: "", model: null, profileId: null, version: 1, ...moments };
  const character = (id: string, avatarId: string | null, deletedAt: string | null): Character => ({
    ...unused,
    ...{ id, name: id, tags: [], avatarId, deletedAt },
    card: parseCard({ name: id, description: "", x_unknown: [1] }),
  });
  const kept = [character("one", "a1", null), character("two", null, null)];
  const trashed = [character("old", null, moments.createdAt)];
  const exporter = createExporter({
    ...parts([], () => []),
    profiles: { list: async () => ({ items: [profile] }) },
    characters: {
      list: async (_, { deleted, cursor }) => {
        const from = deleted ? trashed : kept;
        const at = Number(cursor ?? 0);
        const nextCursor = at + 1 < from.length ? String(at + 1) : null;
        return { items: from.slice(at, at + 1), nextCursor, tags: [] };
      },
      get: async (_, id) => {
        const found = [...kept, ...trashed].find((each) => each.id === id);
        if (!found) throw new AppError("not_found", "no such character");
        return found;
      },
      avatar: async () => ({ mediaType: "image/png", body: Uint8Array.of(1, 2, 3) }),
    },
  });
  const texts: string[] = [];
  for await (const text of exporter.export(actor, "json")) texts.push(text);
  const file = exportedFileSchema.parse(JSON.parse(texts.join("")));
  expect(file.profiles).toEqual([profile]);
  expect(file.characters).toEqual([
    { ...kept[0], picture: { mediaType: "image/png", base64: "AQID" } },
    { ...kept[1], picture: null },
    { ...trashed[0], picture: null },
  ]);
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
  const limited = message({ text: "At length", metadata: { finishReason: "length" } });
  expect(await exported("markdown", ["a"], () => [limited], limited.id)).toContain("not complete");
});

const noCharacters: Parameters<typeof createExporter>[0]["characters"] = {
  list: async () => ({ items: [], nextCursor: null, tags: [] }),
  get: async () => {
    throw new AppError("not_found", "no such character");
  },
  avatar: async () => {
    throw new AppError("not_found", "no such character");
  },
};
test("Markdown names files, tool calls and sources where words cannot say them, and no name becomes Markdown", async () => {
  const parts: Message["parts"] = [
    { type: "reasoning", text: "hm" },
    { type: "text", text: "Here is " },
    { type: "text", text: "a picture:" },
    { type: "source-url", sourceId: "1", url: "https://example.com/a_(b)", title: "A [page] *of* mine" },
    { type: "file", mediaType: "image/png", url: "data:image/png;base64,AA==" },
    {
      type: "dynamic-tool",
      toolCallId: "c",
      toolName: "get_weather",
      state: "output-error",
      errorText: "No",
    },
    { type: "dynamic-tool", toolCallId: "d", toolName: "look", state: "output-available", output: 1 },
    { type: "hologram" },
    { type: "text", text: "Done." },
    { type: "source-url", sourceId: "2", url: "https://example.org/" },
  ];
  const text = await exported("markdown", ["a"], () => [message({ id: "a", parts })], "a");
  expect(text.split("## Answer\n\n")[1]).toBe(
    [
      "Here is a picture:",
      "*File: image/png*",
      "*Tool call: get\\_weather (failed)*",
      "*Tool call: look*",
      "Done.",
      "Sources:",
      "1. [A \\[page\\] \\*of\\* mine](<https://example.com/a_(b)>)\n2. <https://example.org/>\n",
    ].join("\n\n"),
  );
  const json = JSON.parse(await exported("json", ["a"], () => [message({ id: "a", parts })]));
  expect(exportedFileSchema.parse(json).chats[0]?.messages[0]?.parts).toEqual(parts);
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
    source: {
      listAll: async () => ids.map((id) => ({ id, settings: {}, summaries: [] })),
      settingsOf: async () => personSettingsSchema.parse({}),
      listCalls,
    },
    chats: {
      get: async (_, id) => chat(id, leafMessageId),
      messages: async (_, id, { before, limit }) => {
        const all = messagesOf(id);
        const end = before === undefined ? all.length : Number(before);
        const start = Math.max(0, end - limit);
        return { items: all.slice(start, end), nextCursor: start > 0 ? String(start) : null, forks: [] };
      },
    },
    characters: noCharacters,
    profiles: { list: async () => ({ items: [] }) },
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
  const unused = { model: null, settings: {}, characterId: null, profileId: null, activeGeneration: null };
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
