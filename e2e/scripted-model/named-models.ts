export type NamedModel = {
  id: string;
  name: string;
  /** In the language of the directives; what a message says comes on top. */
  script: string;
  description: string;
  contextLength?: number;
  outputTokensMax?: number;
  /** US dollars for a million tokens. */
  price?: { prompt: number; completion: number };
  inputs?: string[];
  outputs?: string[];
  reasons?: boolean;
  takesTools?: boolean;
};

const free = { prompt: 0, completion: 0 };

export const namedModels: readonly NamedModel[] = [
  {
    id: "deepseek/deepseek-r1-0528:free",
    name: "DeepSeek: R1 0528 (free)",
    script: "text=answer reasoning=12 interval=10",
    description: "Parley's default model: thinks briefly, then answers with a short Markdown text.",
    contextLength: 163_840,
    price: free,
    reasons: true,
  },
  {
    id: "openai/gpt-5-mini",
    name: "OpenAI: GPT-5 Mini",
    script: "text=answer interval=10",
    description: "Reads pictures and files, calls tools, reasons when asked.",
    contextLength: 400_000,
    outputTokensMax: 128_000,
    price: { prompt: 0.25, completion: 2 },
    inputs: ["text", "image", "file"],
    reasons: true,
  },
  {
    id: "anthropic/claude-opus-4.1",
    name: "Anthropic: Claude Opus 4.1",
    script: "text=answer interval=20 reasoning=20",
    description: "The expensive one.",
    contextLength: 200_000,
    outputTokensMax: 32_000,
    price: { prompt: 15, completion: 75 },
    inputs: ["image", "text", "file"],
    reasons: true,
  },
  {
    id: "google/gemini-2.5-flash-image",
    name: "Google: Gemini 2.5 Flash Image",
    script: "text=answer image interval=10",
    description: "Answers with a picture.",
    contextLength: 32_768,
    price: { prompt: 0.3, completion: 2.5 },
    inputs: ["image", "text"],
    outputs: ["image", "text"],
    takesTools: false,
  },
  {
    id: "scripted/small-context",
    name: "Scripted: small context",
    script: "text=answer",
    description: "4,096 tokens of context and no tools.",
    contextLength: 4096,
    takesTools: false,
  },
  {
    id: "scripted/eight-thousand",
    name: "Scripted: eight thousand",
    script: "tokens=200",
    description: "8,192 tokens of context.",
    contextLength: 8192,
  },
  {
    id: "meta-llama/llama-3-8b-instruct",
    name: "Meta: Llama 3 8B Instruct",
    script: "text=answer",
    description: "8,192 tokens of context, for pictures.",
    contextLength: 8192,
    price: { prompt: 0.03, completion: 0.06 },
  },

  scene("echo", "text=echo interval=10", "Says what the newest message says."),
  scene("burst", "tokens=200", "200 tokens at once."),
  scene("benchmark", "tokens=200 interval=10", "200 tokens, 10 ms apart: the shape of the benchmarks."),
  scene("hundred-words", "tokens=100 interval=20", "100 words in 2 s."),
  scene("thousand-words", "tokens=1000 interval=10", "1,000 words in 10 s."),
  scene("slow", "tokens=60 interval=250 delay=2000", "2 s of silence, then four words a second."),
  scene("long", "text=markdown tokens=180000", "About 1 MB of Markdown at once."),
  scene("empty", "tokens=0", "Finishes without a word."),
  scene("markdown", "text=markdown interval=5", "Code, tables, lists, mathematics, footnotes."),
  scene("html", "text=html interval=5", "Scripts and handlers that must stay text."),
  scene("unicode", "text=unicode split interval=2", "Emoji, Arabic, CJK, every character cut across writes."),
  scene("reasoning", "reasoning=60 tokens=60 interval=20", "Thinks in 60 tokens, answers in 60."),
  scene("reasoning-only", "reasoning=40 tokens=0 interval=20", "Thinks and says nothing."),
  scene(
    "tool-call",
    "tool text=tool-result interval=10",
    "Calls the first tool, then tells what it answered.",
  ),
  scene("tool-loop", "tool tool-rounds=1000", "Calls the first tool again and again."),
  scene("image", "text=answer image", "A picture after the text."),
  scene("length", "tokens=60 finish=length", "Stops at its length limit."),
  scene("content-filter", "tokens=20 finish=content_filter", "Stopped by a content filter."),

  scene("no-headers", "hold=600000", "Accepts the request and sends nothing, not even headers."),
  scene("silent", "stall-after=0 heartbeat=0", "Headers, and then nothing."),
  scene("murmur", "murmur-after=0", "Comments only, for ever."),
  scene("stall", "tokens=60 interval=20 stall-after=20", "Falls silent after 20 tokens."),
  scene(
    "stall-with-comments",
    "tokens=60 interval=20 murmur-after=20",
    "Nothing but comments after 20 tokens.",
  ),
  scene("cut", "tokens=60 interval=20 cut-after=20", "The connection breaks after 20 tokens."),
  scene("no-finish", "tokens=60 interval=20 end-after=20", "Ends after 20 tokens without a finish."),
  scene("garbage", "tokens=60 interval=20 garbage-after=20", "A data line that is not JSON after 20 tokens."),
  scene(
    "mid-stream-error",
    "tokens=60 interval=20 error-after=20",
    "An error with a number after 20 tokens.",
  ),
  scene(
    "mid-stream-server-error",
    "tokens=60 interval=20 error-after=20 code=server_error",
    "An error with a word after 20 tokens.",
  ),
  scene("body-error", "body-error=502", "HTTP 200 with an error as its body."),
  scene("flaky", "error=503 retry-after=1 times=1", "503 at first, an answer the second time."),
  scene("rate-limited-once", "error=429 retry-after=1 times=1", "429 for a second, then an answer."),
  scene("no-prefill", "prefill=refuse", "Refuses to continue an assistant message."),

  ...["400", "401", "402", "403", "404", "408", "413", "422", "500", "502", "503", "504", "524", "529"].map(
    (status) => scene(`error-${status}`, `error=${status}`, `Answers ${status}.`),
  ),
  scene("error-429", "error=429", "429 without Retry-After."),
  scene("error-429-wait", "error=429 retry-after=2", "429 with Retry-After: 2."),
  scene("error-context-length", "error=context-length", "400: the conversation is too long."),
  scene("error-leak", "error=502 leak", "An error that carries something like a key."),
];

const byId = new Map(namedModels.map((model) => [model.id, model]));

/** The model of that id; a variant (`:nitro`) of a listed model is that model. */
export function namedModel(id: string): NamedModel | null {
  return byId.get(id) ?? byId.get(id.replace(/:[a-z]+$/, "")) ?? null;
}

function scene(name: string, script: string, description: string): NamedModel {
  const words = name.replaceAll("-", " ");
  return { id: `scripted/${name}`, name: `Scripted: ${words}`, script, description };
}
