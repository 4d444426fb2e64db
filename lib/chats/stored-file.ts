export interface StoredFile {
  mediaType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The file that an address holds; `null` for one that only leads to it. */
export function fileWithin(url: string): StoredFile | null {
  const [head, mediaType] = /^data:([a-z]+\/[a-z0-9.+-]+);base64,/.exec(url) ?? [];
  if (head === undefined || mediaType === undefined) return null;
  return { mediaType, bytes: Uint8Array.from(Buffer.from(url.slice(head.length), "base64")) };
}
