const keptStrayCharactersMax = 65_536;

/**
 * Takes a server-sent event stream apart, whatever pieces it arrives in: `push` gives the
 * `data` of each event that its bytes complete, `end` what was left without a blank line.
 * Event names, ids and comments are dropped.
 */
export function createEventParser() {
  const decoder = new TextDecoder();
  let unread: string[] = [];
  let data: string | null = null;
  let stray = "";

  function push(bytes: Uint8Array): string[] {
    return parse(decoder.decode(bytes, { stream: true }));
  }

  function end(): string[] {
    return parse(`${decoder.decode()}\n\n`);
  }

  function parse(text: string): string[] {
    const complete: string[] = [];
    unread.push(text);
    // A line with an image comes in hundreds of pieces: they are put together once, at its end.
    if (!text.includes("\n")) return complete;
    const lines = unread.join("").split("\n");
    unread = [lines.pop() ?? ""];
    for (const line of lines) takeLine(line.endsWith("\r") ? line.slice(0, -1) : line, complete);
    return complete;
  }

  function takeLine(line: string, complete: string[]): void {
    if (line.startsWith("data:")) {
      const value = line.slice(line[5] === " " ? 6 : 5);
      data = data === null ? value : `${data}\n${value}`;
    } else if (line === "") {
      if (data !== null) complete.push(data);
      data = null;
    } else if (!isField.test(line) && stray.length < keptStrayCharactersMax) {
      stray += `${line}\n`;
    }
  }

  return {
    push,
    end,
    /** What stood where events should be: the whole body when a server answers with JSON or HTML instead. */
    strayText: () => stray,
  };
}

const isField = /^(?:event|id|retry)?:|^(?:event|id|retry|data)$/;
