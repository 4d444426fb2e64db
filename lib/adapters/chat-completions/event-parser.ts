const keptStrayCharactersMax = 65_536;
// A picture in one event comes to a few of these.
const eventCharactersMax = 32 * 1024 * 1024;

/**
 * Takes a server-sent event stream apart, whatever pieces it arrives in: `push` gives the
 * `data` of each event that its bytes complete, `end` what was left without a blank line.
 * Event names, ids and comments are dropped.
 */
export function createEventParser() {
  const decoder = new TextDecoder();
  let rest = "";
  let searchedTo = 0;
  let data: string | null = null;
  let stray = "";
  let isEndless = false;

  function push(bytes: Uint8Array): string[] {
    return parse(decoder.decode(bytes, { stream: true }));
  }

  function end(): string[] {
    return parse(`${decoder.decode()}\n\n`);
  }

  function parse(text: string): string[] {
    const complete: string[] = [];
    rest += text;
    let start = 0;
    for (let at = rest.indexOf("\n", searchedTo); at !== -1; at = rest.indexOf("\n", start)) {
      takeLine(rest.slice(start, rest[at - 1] === "\r" ? at - 1 : at), complete);
      start = at + 1;
    }
    rest = rest.slice(start);
    searchedTo = rest.length;
    isEndless ||= rest.length + (data?.length ?? 0) > eventCharactersMax;
    if (isEndless) {
      rest = "";
      data = null;
    }
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
    /** An event has grown beyond what any answer comes in; it was let go. */
    isEndless: () => isEndless,
  };
}

const isField = /^(?:event|id|retry)?:|^(?:event|id|retry|data)$/;
