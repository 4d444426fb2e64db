import { expect, test } from "vitest";
import { z as real } from "zod";
import { listChats, listMessages } from "@/lib/api/chats";
import { followAnswer, stopAnswer } from "@/lib/api/generations";
import { listModels } from "@/lib/api/models";
import { chatErrorSchema } from "@/lib/errors/chat-error";
import { userEventSchema } from "@/lib/events/user-event";
import { z as standIn } from "./zod";

const described = (z: typeof real) => ({
  chat: z.object({
    id: z.string().regex(/^[a-z]{1,3}$/),
    title: z.string().trim().min(1).max(5),
    count: z.number().int().nonnegative().nullable(),
    at: z.iso.datetime().optional(),
    status: z.enum(["one", "two"]).default("one"),
    parts: z.array(
      z.union([
        z.looseObject({ type: z.literal("text"), text: z.string() }),
        z.looseObject({ type: z.string() }),
      ]),
    ),
    more: z.record(z.string(), z.unknown()).nullish(),
  }),
  event: z.discriminatedUnion("type", [
    z.object({ type: z.literal("begun"), id: z.string() }),
    z.object({ type: z.literal("ended") }),
  ]),
  changed: z.object({ a: z.string(), b: z.number() }).partial().extend({ c: z.boolean() }),
  omitted: z.object({ a: z.string(), b: z.number() }).omit({ a: true }),
  shouted: z.string().transform((text) => text.toUpperCase()),
  even: z.number().refine((value) => value % 2 === 0),
  nothing: z.never(),
});

const chat = {
  id: "abc",
  title: " x ",
  count: 1,
  parts: [
    { type: "text", text: "a", kept: 1 },
    { type: "new", x: [] },
  ],
};

test.each<[keyof ReturnType<typeof described>, unknown]>([
  ["chat", chat],
  ["chat", { ...chat, unknown: true, more: { a: 1 }, at: "2026-01-01T00:00:00Z", count: null }],
  ["chat", { ...chat, id: "ABC" }],
  ["chat", { ...chat, title: "   " }],
  ["chat", { ...chat, title: "longer than five" }],
  ["chat", { ...chat, count: "1" }],
  ["chat", { ...chat, status: "three" }],
  ["chat", { ...chat, parts: [{ text: "a" }] }],
  ["chat", { ...chat, parts: {} }],
  ["chat", { ...chat, more: null }],
  ["chat", { ...chat, more: [] }],
  ["chat", null],
  ["chat", []],
  ["event", { type: "begun", id: "1", extra: 2 }],
  ["event", { type: "ended" }],
  ["event", { type: "begun" }],
  ["event", { type: "other" }],
  ["changed", { c: true }],
  ["changed", { a: "x", c: true, d: 1 }],
  ["changed", { a: 1, c: true }],
  ["omitted", { a: "x", b: 1 }],
  ["omitted", {}],
  ["shouted", "a"],
  ["shouted", 1],
  ["even", 2],
  ["even", 3],
  ["nothing", undefined],
])("%s %j is read as zod reads it", (name, value) => {
  // It has the part of zod that is used, which no type of it says.
  const read = described(standIn as unknown as typeof real)[name].safeParse(value);
  const expected = described(real)[name].safeParse(value);
  expect({ success: read.success, data: read.data }).toEqual({
    success: expected.success,
    data: expected.data,
  });
});

test("a kind of description that it does not know lets everything pass", () => {
  const z = standIn as unknown as typeof real;
  expect(z.templateLiteral(["a"]).optional().parse(5)).toBe(5);
  expect(z.object({ a: z.url().endsWith("x") }).parse({ a: 1 })).toEqual({ a: 1 });
});

test("what the browser reads is described in kinds that it knows", () => {
  const kinds = new Set<string>();
  for (const { answer } of [listChats, listMessages, listModels, stopAnswer, followAnswer])
    collect(answer, kinds);
  for (const schema of [chatErrorSchema, userEventSchema]) collect(schema, kinds);
  expect([...kinds].filter((kind) => !(kind in standIn))).toEqual([]);
});

function collect(schema: real.core.$ZodType, kinds: Set<string>): void {
  const def: Record<string, unknown> = { ...schema._zod.def };
  // A bound is written like a schema, and is none.
  if (!("type" in def)) return;
  kinds.add(schema._zod.def.type);
  for (const inner of Object.values(def).flatMap((value) =>
    isRecord(value) && !isSchema(value) ? Object.values(value) : [value],
  ))
    if (isSchema(inner)) collect(inner, kinds);
}

function isSchema(value: unknown): value is real.core.$ZodType {
  return isRecord(value) && "_zod" in value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
