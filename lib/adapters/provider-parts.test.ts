import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScriptedModel, startScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import type { ModelChunk } from "@/lib/models/provider";
import { asking, hear, neverAborted, providersUnderTest } from "./testing/providers-under-test";
import { delta, done, finish, frameOf, startStandIn, streamOf } from "./testing/stand-in-server";

let scripted: ScriptedModel;

beforeAll(async () => {
  scripted = await startScriptedModel();
});
afterAll(() => scripted.close());

describe.each(providersUnderTest)("$name", ({ create }) => {
  const heardFrom = (baseUrl: string, prompt = "Hello") =>
    hear(create({ baseUrl }).stream(asking(prompt), neverAborted()));

  const heardPieces = async (...pieces: unknown[]) => {
    const frames = pieces.map((piece) => delta({ content: null, tool_calls: [piece] }));
    const end = { ...finish, choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] };
    return heardFrom(await startStandIn(streamOf(...frames, end, done)));
  };

  test("a tool call is its name and its input, however many pieces it comes in", async () => {
    const heard = await heardFrom(
      scripted.baseUrl,
      `[[tool=get_weather args='{"city":"Oslo","days":3}' split]]`,
    );
    expect(heard).toMatchObject({ error: null, finish: { reason: "tool-calls" } });
    expect(callsIn(heard.chunks)).toMatchObject([
      { toolName: "get_weather", input: '{"city":"Oslo","days":3}' },
    ]);
  });

  test("several calls of one answer are told apart", async () => {
    const heard = await heardFrom(scripted.baseUrl, `[[tool=one args='{"n":1}' tool=two args='{"n":2}']]`);
    const calls = callsIn(heard.chunks);
    expect(calls).toMatchObject([
      { toolName: "one", input: '{"n":1}' },
      { toolName: "two", input: '{"n":2}' },
    ]);
    expect(new Set(calls.map(({ toolCallId }) => toolCallId)).size).toBe(2);
  });

  test.each([
    [
      "calls that are all number 0",
      [
        { index: 0, id: "a", function: { name: "one", arguments: "{}" } },
        { index: 0, id: "b", function: { name: "two", arguments: '{"n":' } },
        { index: 0, function: { arguments: "2}" } },
      ],
    ],
    [
      "calls without numbers",
      [
        { id: "a", function: { name: "one", arguments: "{}" } },
        { id: "b", function: { name: "two", arguments: '{"n":' } },
        { id: "b", function: { arguments: "2}" } },
      ],
    ],
    [
      "calls that take turns",
      [
        { index: 0, id: "a", function: { name: "one" } },
        { index: 1, id: "b", function: { name: "two", arguments: '{"n":' } },
        { index: 0, function: { arguments: "{}" } },
        { index: 1, function: { arguments: "2}" } },
      ],
    ],
    [
      "calls without ids",
      [
        { index: 0, function: { name: "one", arguments: "{}" } },
        { index: 1, function: { name: "two", arguments: '{"n":2}' } },
      ],
    ],
    [
      "an input that is no text, and a name that is late",
      [
        { index: 0, id: "a", function: { name: "one", arguments: {} } },
        { index: 1, id: "b", function: { arguments: '{"n":' } },
        { index: 1, function: { name: "two", arguments: "2}" } },
      ],
    ],
  ])("%s are the same two calls", async (_, pieces) => {
    const heard = await heardPieces(...pieces);
    const calls = callsIn(heard.chunks);
    expect(calls).toMatchObject([
      { toolName: "one", input: "{}" },
      { toolName: "two", input: '{"n":2}' },
    ]);
    expect(new Set(calls.map(({ toolCallId }) => toolCallId)).size).toBe(2);
  });

  test("a call that never gets a name is there all the same", async () => {
    const heard = await heardPieces({ index: 0, id: "a", function: { arguments: "{}" } });
    expect(callsIn(heard.chunks)).toEqual([{ toolCallId: "a", toolName: "", input: "{}" }]);
  });

  test("of a call whose name does not come no more than so much is held back", async () => {
    const input = "x".repeat(40_000);
    const pieces = [input, input, input].map((text) => ({
      index: 0,
      id: "a",
      function: { arguments: text },
    }));
    const heard = await heardPieces(...pieces, { index: 0, id: "a", function: { name: "late" } });
    expect(callsIn(heard.chunks)).toEqual([{ toolCallId: "a", toolName: "", input: input.repeat(3) }]);
    const many = Array.from({ length: 150 }, (_, index) => ({ index, id: `c${index}`, function: {} }));
    const early = (await heardPieces(...many)).chunks.filter(({ type }) => type === "tool-input-start");
    expect(early[0]).toMatchObject({ toolCallId: "c100" });
    expect(early).toHaveLength(150);
  });

  test("the pages that a web search found are sources", async () => {
    const annotations = [
      {
        type: "url_citation",
        url_citation: {
          url: "https://example.com/a",
          title: "A",
          content: "…",
          start_index: 0,
          end_index: 3,
        },
      },
      { type: "url_citation", url_citation: { url: "https://example.com/b", title: 7 } },
      { type: "file", file: { hash: "x", content: [] } },
      "odd",
    ];
    const baseUrl = await startStandIn(
      streamOf(delta({ content: "See" }), delta({ content: "", annotations }), finish, done),
    );
    const heard = await heardFrom(baseUrl);
    expect(heard).toMatchObject({ error: null, text: "See" });
    expect(heard.chunks.filter(({ type }) => type === "source")).toEqual([
      { type: "source", url: "https://example.com/a", title: "A" },
      { type: "source", url: "https://example.com/b", title: null },
    ]);
  });

  test("an image of several megabytes arrives to the last byte, in its place", async () => {
    const url = `data:image/png;base64,${Buffer.alloc(6_000_000, 7).toString("base64")}`;
    const images = [{ type: "image_url", image_url: { url }, index: 0 }, { type: "odd" }];
    const bytes = [
      delta({ content: "Before" }),
      delta({ content: "", images }),
      delta({ content: "after" }),
      finish,
    ]
      .map(frameOf)
      .join("");
    const baseUrl = await startStandIn(({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let at = 0; at < bytes.length; at += 10_007) response.write(bytes.slice(at, at + 10_007));
      response.end(done);
    });
    const heard = await heardFrom(baseUrl);
    expect(heard.error).toBeNull();
    const [before, image, after] = heard.chunks.filter(
      ({ type }) => type === "text-delta" || type === "image",
    );
    expect([before, after]).toMatchObject([{ text: "Before" }, { text: "after" }]);
    expect(image?.type === "image" && image.url === url).toBe(true);
  });

  test("a call, a source and an image in one frame are all there", async () => {
    const whole = {
      content: "Look",
      tool_calls: [{ index: 0, id: "a", function: { name: "look", arguments: "{}" } }],
      annotations: [{ type: "url_citation", url_citation: { url: "https://example.com/", title: "E" } }],
      images: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }],
    };
    const baseUrl = await startStandIn(streamOf(delta(whole), finish, done));
    const { chunks } = await heardFrom(baseUrl);
    expect(chunks.map(({ type }) => type)).toEqual([
      "upstream-id",
      "text-delta",
      "tool-input-start",
      "tool-input-delta",
      "source",
      "image",
      "finish",
    ]);
  });
});

function callsIn(chunks: readonly ModelChunk[]) {
  return chunks.flatMap((chunk) => {
    if (chunk.type !== "tool-input-start") return [];
    const { toolCallId, toolName } = chunk;
    const input = chunks.flatMap((piece) =>
      piece.type === "tool-input-delta" && piece.toolCallId === toolCallId ? [piece.text] : [],
    );
    return [{ toolCallId, toolName, input: input.join("") }];
  });
}
