import { connect, createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";

import { leakedKey } from "./errors.ts";
import { type ExchangeOptions, rawExchange } from "./raw-exchange.ts";
import { scriptedReasoning, scriptedText, textHash } from "./scripted-text.ts";
import { type ScriptedModel, startScriptedModel } from "./start-scripted-model.ts";
import { scriptFor } from "./turn.ts";

let server: ScriptedModel;
beforeAll(async () => {
  server = await startScriptedModel();
});
afterAll(() => server.close());

test("a stream is, byte for byte, comments, deltas, the finish, the usage and [DONE]", async () => {
  const prompt = "[[say='one two' reasoning=1 comments=2 prompt-tokens=7 cached=3 cost=0.5]]";
  const { body, headers, isWhole } = await ask(prompt);
  const id = headers["x-generation-id"] ?? "";
  const created = Number(id.split("-")[1]);
  const open = `data: {"id":"${id}","object":"chat.completion.chunk","created":${created},"model":"scripted/burst","provider":"Scripted","choices":[`;
  const close = (reason: string) => `,"finish_reason":${reason},"native_finish_reason":${reason}}]}\n\n`;
  const comment = ": OPENROUTER PROCESSING\n\n";
  const thought = `"Bridge."`;
  expect(body).toBe(
    [
      comment,
      `${open}{"index":0,"delta":{"content":"","role":"assistant","reasoning":${thought},"reasoning_details":[{"type":"reasoning.text","text":${thought},"format":"unknown","index":0}]}${close("null")}`,
      `${open}{"index":0,"delta":{"content":"one ","role":"assistant"}${close("null")}`,
      comment,
      `${open}{"index":0,"delta":{"content":"two","role":"assistant"}${close("null")}`,
      `${open}{"index":0,"delta":{"content":"","role":"assistant"}${close('"stop"')}`,
      `${open}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10,"cost":0.5,"is_byok":false,"prompt_tokens_details":{"cached_tokens":3,"cache_write_tokens":0,"audio_tokens":0,"video_tokens":0},"cost_details":{"upstream_inference_cost":0.5,"upstream_inference_prompt_cost":7e-7,"upstream_inference_completions_cost":0.0000012},"completion_tokens_details":{"reasoning_tokens":1,"image_tokens":0,"audio_tokens":0}}}\n\n`,
      "data: [DONE]\n\n",
    ].join(""),
  );
  expect(isWhole).toBe(true);
});

test("the generation id and a comment arrive while the first token is still far away", async () => {
  const { headers, body } = await ask("[[tokens=3 delay=600000]]", {
    leaveWhen: (received) => received.includes("PROCESSING"),
  });
  expect(headers["x-generation-id"]).toMatch(/^gen-\d+-[0-9a-f]{20}$/);
  expect(body).toBe(": OPENROUTER PROCESSING\n\n");
});

test("silence between two tokens is filled with comments", async () => {
  const { body } = await ask("[[tokens=2 interval=300 heartbeat=20]]");
  const [, between = ""] = body.split(/data: \{[^\n]*"content":"[A-Z]/);
  expect(between.match(/: OPENROUTER PROCESSING\n\n/g)?.length).toBeGreaterThan(1);
});

test("without a heartbeat there is no comment at all", async () => {
  const { body } = await ask("[[tokens=2 interval=50 heartbeat=0]]");
  expect(body).not.toContain("OPENROUTER");
  expect(body.startsWith("data: ")).toBe(true);
});

test("tokens keep to their interval, and the last one brings the finish", async () => {
  const startedAt = performance.now();
  await ask("[[tokens=21 interval=20]]");
  const tookMs = performance.now() - startedAt;
  expect(tookMs).toBeGreaterThanOrEqual(399);
  expect(tookMs).toBeLessThan(1500);
});

test("every character of several bytes is cut across two writes, and nothing is lost", async () => {
  const { body, chunks } = await ask("[[text=unicode split]]");
  const text = scriptedText(scriptFor("scripted/unicode", "[[text=unicode]]"));
  const deltas = body.match(/"content":"(?:[^"\\]|\\.)+"/g) ?? [];
  const wide = deltas.filter((delta) => Buffer.byteLength(delta) > delta.length);
  expect(textOf(body)).toBe(text);
  expect(wide.length).toBeGreaterThan(40);
  expect(chunks.filter((chunk) => !isUtf8(chunk))).toHaveLength(2 * wide.length);
});

test("a cut connection delivers its tokens and breaks without an end", async () => {
  const { body, headers, isWhole } = await ask("[[tokens=50 interval=1 cut-after=20]]");
  expect(deltasOf(body)).toBe(20);
  expect(text("[[tokens=50]]").startsWith(textOf(body))).toBe(true);
  expect(isWhole).toBe(false);
  expect(recorded(headers)).toMatchObject({ state: "failed", aborted: false });
});

test("a cut before the first token still delivers the headers", async () => {
  const { status, body, isWhole } = await ask("[[tokens=5 cut-after=0]]");
  expect({ status, tokens: deltasOf(body), isWhole }).toEqual({ status: 200, tokens: 0, isWhole: false });
});

test("an end without a finish is a proper end of the response", async () => {
  const { body, headers, isWhole } = await ask("[[tokens=50 end-after=20]]");
  expect(deltasOf(body)).toBe(20);
  expect(body).not.toMatch(/"finish_reason":"|\[DONE\]|"usage"/);
  expect(recorded(headers)).toMatchObject({ state: "failed", finishReason: null });
  expect(isWhole).toBe(true);
});

test("an error in mid-stream carries a number, or the word that it is given", async () => {
  const numbered = await ask("[[tokens=50 error-after=20]]");
  expect(deltasOf(numbered.body)).toBe(20);
  expect(events(numbered.body).at(-1)).toMatchObject({
    error: { code: 502, metadata: { error_type: "provider_unavailable" } },
    choices: [{ delta: { content: "" }, finish_reason: "error" }],
  });
  expect(recorded(numbered.headers)).toMatchObject({
    state: "failed",
    finishReason: "error",
    tokensSent: 20,
  });
  const worded = await ask("[[tokens=50 error-after=20 code=server_error leak message=Overloaded]]");
  expect(events(worded.body).at(-1)).toMatchObject({
    error: { code: "server_error", message: "Overloaded" },
  });
  expect(worded.body).toContain(leakedKey);
  expect(numbered.body).not.toContain(leakedKey);
});

test("a stall is silent, and a murmuring one sends comments only", async () => {
  const own = await startScriptedModel();
  const silent = rawExchange(own.url, request("[[tokens=9 stall-after=3 heartbeat=5]]"));
  await own.until(({ state }) => state === "stalled");
  const murmur = await rawExchange(own.url, request("[[tokens=9 murmur-after=3 heartbeat=5]]"), {
    leaveWhen: (received) => received.split("PROCESSING").length > 10,
  });
  await own.close();
  expect(deltasOf(murmur.body)).toBe(3);
  expect(murmur.body.endsWith(": OPENROUTER PROCESSING\n\n".repeat(9))).toBe(true);
  expect((await silent).body.match(/PROCESSING/g)).toHaveLength(1);
  expect(deltasOf((await silent).body)).toBe(3);
});

test("a line of garbage is followed by the rest of the answer", async () => {
  const { body } = await ask("[[tokens=50 garbage-after=20]]");
  const lines = body.split("\n\n").filter((line) => line.startsWith("data: {"));
  const broken = lines.filter((line) => !isJson(line.slice(6)));
  expect(broken).toHaveLength(1);
  expect(lines.indexOf(broken[0] ?? "")).toBe(20);
  expect(body.endsWith("data: [DONE]\n\n")).toBe(true);
});

test("positions count reasoning first", async () => {
  const { body } = await ask("[[tokens=50 reasoning=30 cut-after=20]]");
  expect(textOf(body)).toBe("");
  const thoughts = events(body).map(({ choices }) => choices[0]?.delta.reasoning ?? "");
  const all = scriptedReasoning(scriptFor("scripted/burst", "[[reasoning=30]]"));
  expect(thoughts).toHaveLength(20);
  expect(all.startsWith(thoughts.join(""))).toBe(true);
});

test("a client that leaves is noticed at once, and its script stops", async () => {
  const { headers } = await ask("[[tokens=100000 interval=5]]", {
    leaveWhen: (received) => received.split('"content":"').length > 4,
  });
  const isSame = ({ id }: { id: string }) => id === headers["x-generation-id"];
  const left = await server.until((request) => isSame(request) && request.aborted, 1000);
  expect(left.state).toBe("aborted");
  await ask("[[tokens=20 interval=5]]");
  const later = server.requests().find(isSame);
  expect(later?.tokensSent).toBe(left.tokensSent);
  expect(left.tokensSent).toBeLessThan(50);
});

test("a client that leaves before the headers is noticed too", async () => {
  const gone = new AbortController();
  const asked = fetch(`${server.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { Authorization: "Bearer sk-or-test" },
    body: JSON.stringify(request("[[hold=600000 say=never]]")),
    signal: gone.signal,
  });
  const isHeld = ({ body }: { body: unknown }) => JSON.stringify(body).includes("say=never");
  await server.until((recorded) => isHeld(recorded) && recorded.state === "waiting");
  gone.abort();
  await expect(asked).rejects.toThrow("aborted");
  expect(await server.until((recorded) => isHeld(recorded) && recorded.aborted)).toMatchObject({
    tokensSent: 0,
  });
});

test("some megabytes reach a client that reads slowly, whole", async () => {
  const { body, isWhole } = await readSlowly("[[text=markdown tokens=20000]]");
  expect(textHash(textOf(body))).toBe(textHash(text("[[text=markdown tokens=20000]]")));
  expect(isWhole).toBe(true);
});

test("a hundred streams at once keep their text and their time", async () => {
  const prompt = "[[tokens=50 interval=20]]";
  const startedAt = performance.now();
  const bodies = await Promise.all(Array.from({ length: 100 }, () => ask(prompt)));
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(new Set(bodies.map(({ body }) => textOf(body)))).toEqual(new Set([text(prompt)]));
});

function request(prompt: string) {
  return { model: "scripted/burst", stream: true, messages: [{ role: "user", content: prompt }] };
}

function ask(prompt: string, options?: ExchangeOptions) {
  return rawExchange(server.url, request(prompt), options);
}

/** Through a proxy that lets a few kilobytes pass at a time, so that the server has to wait. */
async function readSlowly(prompt: string) {
  const upstream = new URL(server.url);
  const proxy = createServer((client) => {
    const target = connect(Number(upstream.port), upstream.hostname);
    client.pipe(target);
    target.on("data", (bytes) => {
      target.pause();
      client.write(bytes, () => setImmediate(() => target.resume()));
    });
    target.on("end", () => client.end());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const exchange = await rawExchange(`http://127.0.0.1:${port}`, request(prompt));
  proxy.close();
  return exchange;
}

function recorded(headers: Record<string, string>) {
  return server.requests().find(({ id }) => id === headers["x-generation-id"]);
}

function text(prompt: string): string {
  return scriptedText(scriptFor("scripted/burst", prompt));
}

type StreamEvent = {
  error?: unknown;
  choices: { delta: { content?: string; reasoning?: string }; finish_reason: string | null }[];
};

function events(body: string): StreamEvent[] {
  const lines = body.split("\n\n").filter((line) => line.startsWith("data: {"));
  return lines.map((line) => JSON.parse(line.slice(6)));
}

function textOf(body: string): string {
  return events(body)
    .map(({ choices }) => choices[0]?.delta.content ?? "")
    .join("");
}

function deltasOf(body: string): number {
  return events(body).filter((event) => event.error === undefined && event.choices[0]?.finish_reason === null)
    .length;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isJson(source: string): boolean {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
}
