import { isFilePart, isLeftOutPart, type LeftOutFiles } from "@/lib/chats/file-part";
import type { Part } from "@/lib/chats/part";
import type { Chunk } from "./chunk";

const imageBytesMax = 8 * 1024 * 1024;
const imagesMax = 4;
// A third more in the log, and once more in the message: what the embedded database, too, takes in its stride.
const allBytesMax = 16 * 1024 * 1024;

/**
 * Writes the images that a model makes, each within its address. Of what is too large, too much or no image that
 * every browser shows, the answer says that it is missing.
 */
export function createImageWriter(emit: (chunk: Chunk) => void, begun: readonly Part[]) {
  const seen = new Set(begun.filter(isFilePart).map(({ url }) => url));
  const leftOut = new Map(begun.filter(isLeftOutPart).map(({ data }) => [data.reason, data.count]));
  let kept = seen.size;
  let keptBytes = Array.from(seen, (url) => parseImage(url)?.bytes ?? 0).reduce(
    (sum, bytes) => sum + bytes,
    0,
  );

  function leaveOut(reason: LeftOutFiles["reason"]) {
    const count = (leftOut.get(reason) ?? 0) + 1;
    leftOut.set(reason, count);
    emit({ type: "data-left-out", id: `left-out-${reason}`, data: { kind: "image", reason, count } });
  }

  return {
    write(url: string): void {
      if (seen.has(url)) return;
      seen.add(url);
      const image = parseImage(url);
      if (image === null) leaveOut("unsupported");
      else if (image.bytes > imageBytesMax) leaveOut("too_large");
      else if (kept >= imagesMax || keptBytes + image.bytes > allBytesMax) leaveOut("too_many");
      else {
        kept += 1;
        keptBytes += image.bytes;
        emit({ type: "file", url, mediaType: image.mediaType });
      }
    },
  };
}

function parseImage(url: string): { mediaType: string; bytes: number } | null {
  const [head, mediaType] = /^data:(image\/(?:png|jpeg|webp|gif));base64,/.exec(url) ?? [];
  if (head === undefined || mediaType === undefined) return null;
  const bytes =
    Math.floor(((url.length - head.length) * 3) / 4) - (/=*$/.exec(url.slice(-2))?.[0].length ?? 0);
  // What is too large is not looked through.
  const isWhole = bytes > imageBytesMax || /^[A-Za-z0-9+/]+={0,2}$/.test(url.slice(head.length));
  return isWhole ? { mediaType, bytes } : null;
}
