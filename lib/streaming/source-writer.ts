import type { Part } from "@/lib/chats/part";
import { isUrlSource } from "@/lib/chats/source-part";
import type { Chunk } from "./chunk";
import { storableText } from "./tool-input";

const titleLengthMax = 300;
const urlLengthMax = 4_000;

/** Writes each page on the web that an answer rests on once, however often it is named. Other addresses lead nowhere. */
export function createSourceWriter(emit: (chunk: Chunk) => void, begun: readonly Part[]) {
  const known = new Set(begun.filter(isUrlSource).map(({ url }) => url));
  return {
    write(address: string, title: string | null): void {
      const url = URL.canParse(address) ? new URL(address) : null;
      if (!url || !webProtocols.has(url.protocol) || url.href.length > urlLengthMax || known.has(url.href))
        return;
      known.add(url.href);
      const words = storableText(title ?? "")
        .replace(/\s+/g, " ")
        .trim();
      emit({
        type: "source-url",
        sourceId: `source-${known.size}`,
        url: url.href,
        title: words === "" ? undefined : Array.from(words).slice(0, titleLengthMax).join(""),
      });
    },
  };
}

const webProtocols: ReadonlySet<string> = new Set(["https:", "http:"]);
