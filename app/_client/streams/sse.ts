export interface Frame {
  id: string | null;
  data: string;
}

export interface SseWatch {
  /** The longest that nothing, not even a heartbeat, may come. */
  silenceMsMax: number;
  /** The same for the very first bytes. */
  firstMsMax?: number;
  /** Ends the reading as if the stream had ended. */
  signal?: AbortSignal;
  onBytes?(): void;
  /** A comment line, without its colon. May throw to end the reading. */
  onComment?(text: string): void;
}

/** Nothing came for too long; `isFirst` when nothing came at all. */
export class SilentStream extends Error {
  override readonly name = "SilentStream";
  readonly isFirst: boolean;

  constructor(isFirst: boolean) {
    super("The stream fell silent.");
    this.isFirst = isFirst;
  }
}

/**
 * The frames of a Server-Sent Events body, as they arrive; fields other than `id` and `data`
 * are passed over. Throws `SilentStream`, and whatever the connection throws. Leaving the
 * loop closes the body.
 */
export async function* readSse(
  body: ReadableStream<Uint8Array>,
  { silenceMsMax, firstMsMax = silenceMsMax, signal, onBytes, onComment }: SseWatch,
): AsyncGenerator<Frame, void, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = "";
  let id: string | null = null;
  let data: string[] = [];
  let isFirst = true;
  const leave = () => void reader.cancel().catch(ignoreCancelled);
  signal?.addEventListener("abort", leave);
  try {
    for (;;) {
      if (signal?.aborted) return;
      const { done, value } = await readWithin(reader, isFirst ? firstMsMax : silenceMsMax, isFirst);
      if (done) return;
      isFirst = false;
      onBytes?.();
      const lines = (pending + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      pending = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield { id, data: data.join("\n") };
          id = null;
          data = [];
        } else if (line.startsWith("data:")) {
          data.push(fieldValue(line, 5));
        } else if (line.startsWith("id:")) {
          id = fieldValue(line, 3);
        } else if (line.startsWith(":")) {
          onComment?.(fieldValue(line, 1));
        }
      }
    }
  } finally {
    signal?.removeEventListener("abort", leave);
    await reader.cancel().catch(ignoreCancelled);
  }
}

function fieldValue(line: string, from: number): string {
  return line.slice(line[from] === " " ? from + 1 : from);
}

async function readWithin(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  silenceMsMax: number,
  isFirst: boolean,
) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SilentStream(isFirst)), silenceMsMax);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** A body that already failed cannot be cancelled, and needs not be. */
function ignoreCancelled(): void {}
