import type { Person } from "./person";
import { chunksOf, isWhole, type ReadChunk, textOf } from "./read-stream";

/** What a client shows that comes back with its cursor wherever a stream ends before the answer does. */
export interface FaithfulReader {
  /** All that was sent, over all connections. */
  readonly read: readonly ReadChunk[];
  /** As far as it is shown now. */
  readonly text: string;
  /** By how many characters the shown text has become shorter at the most. */
  readonly shrunkBy: number;
  readonly connections: number;
  readonly isWhole: boolean;
  /** Resolves with the whole text once the end of the answer was sent. */
  readonly ended: Promise<string>;
}

/** `first` is the connection that is open already; `next` gives the person that asks again, at any server. */
export function readFaithfully(
  asked: { response: Response; chatId: string; generationId: string },
  next: () => Person,
): FaithfulReader {
  const read: ReadChunk[] = [];
  let shown = 0;
  let shrunkBy = 0;
  let connections = 1;

  async function take(response: Response) {
    try {
      for await (const chunk of chunksOf(response)) {
        read.push(chunk);
        // A replay begins anew, and shows what it has with its first words.
        if (chunk.chunk.type !== "text-delta" && !isWhole(read)) continue;
        const { length } = shownIn(read);
        shrunkBy = Math.max(shrunkBy, shown - length);
        shown = length;
      }
    } catch {
      // The connection broke, and is made again.
    }
  }

  async function readOn(): Promise<string> {
    await take(asked.response);
    while (!isWhole(read)) {
      connections++;
      await take(await comeBack());
    }
    return shownIn(read);
  }

  async function comeBack(): Promise<Response> {
    const query = new URLSearchParams({ generation: asked.generationId, after: read.at(-1)?.id ?? "1.0" });
    for (const deadline = performance.now() + 30_000; performance.now() < deadline; ) {
      const response = await next()
        .request("GET", `/api/chat/${asked.chatId}/stream?${query}`)
        .catch(() => null);
      if (response?.status === 200) return response;
      await response?.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("nobody took the reader back within 30 s");
  }

  const ended = readOn();
  // Who never waits for it must not end the test run.
  ended.catch(() => {});
  return {
    read,
    ended,
    get text() {
      return shownIn(read);
    },
    get shrunkBy() {
      return shrunkBy;
    },
    get connections() {
      return connections;
    },
    get isWhole() {
      return isWhole(read);
    },
  };
}

/** One who has been there from the beginning, at the server of `person`, beside whoever asked. */
export async function lookOn(
  person: Person,
  { chatId, generationId }: { chatId: string; generationId: string },
): Promise<FaithfulReader> {
  const path = `/api/chat/${chatId}/stream?generation=${generationId}&after=1.0`;
  const response = await person.request("GET", path);
  return readFaithfully({ response, chatId, generationId }, () => person);
}

/** A `start` begins the message anew. */
function shownIn(read: readonly ReadChunk[]): string {
  const begin = read.findLastIndex(({ chunk }) => chunk.type === "start");
  return textOf(read.slice(Math.max(0, begin)));
}
