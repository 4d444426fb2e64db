export interface Frame {
  id: string | null;
  data: string;
}

/**
 * The frames of a Server-Sent Events body, as they arrive. Comments and fields other than
 * `id` and `data` are passed over. Throws when nothing, not even a heartbeat, has come
 * for `silenceMsMax`, and whatever the connection throws. Leaving the loop closes the body.
 */
export async function* readSse(
  body: ReadableStream<Uint8Array>,
  silenceMsMax: number,
): AsyncGenerator<Frame, void, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = "";
  let id: string | null = null;
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await readWithin(reader, silenceMsMax);
      if (done) return;
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
        }
      }
    }
  } finally {
    await reader.cancel().catch(ignoreCancelled);
  }
}

function fieldValue(line: string, from: number): string {
  return line.slice(line[from] === " " ? from + 1 : from);
}

async function readWithin(reader: ReadableStreamDefaultReader<Uint8Array>, silenceMsMax: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The stream fell silent.")), silenceMsMax);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** A body that already failed cannot be cancelled, and needs not be. */
function ignoreCancelled(): void {}
