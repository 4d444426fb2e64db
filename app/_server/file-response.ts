import { isPicture } from "@/lib/chats/file-part";
import type { StoredFile } from "@/lib/chats/stored-file";

/** A picture, or a file to keep: anybody may have made it, so that nothing else may be opened on this origin. */
export function fileResponse({ mediaType, bytes }: StoredFile): Response {
  const isShown = isPicture(mediaType);
  return new Response(bytes, {
    headers: {
      "Content-Type": isShown ? mediaType : "application/octet-stream",
      "Content-Length": String(bytes.byteLength),
      "Content-Disposition": isShown ? "inline" : "attachment",
      // What is stored does not change.
      "Cache-Control": "private, max-age=86400",
    },
  });
}
