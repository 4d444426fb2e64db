/** What can be done with the address of a file, which anybody may have written. */
export type FileAddress =
  /** The file itself: it can be saved. `bytes` is its size. */
  | { kind: "here"; url: string; bytes: number | null }
  /** Somebody else's server. */
  | { kind: "elsewhere"; url: string }
  | { kind: "nowhere" };

export function fileAddressOf(url: string): FileAddress {
  if (url.startsWith("data:")) return { kind: "here", url, bytes: bytesIn(url) };
  if (/^\/(?![/\\])/.test(url)) return { kind: "here", url, bytes: null };
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return isWeb ? { kind: "elsewhere", url } : { kind: "nowhere" };
}

export function extensionOf(mediaType: string): string {
  return /^[a-z]+\/(?:x-|vnd\.)?([a-z0-9]{1,8})$/.exec(mediaType)?.[1]?.replace("jpeg", "jpg") ?? "";
}

function bytesIn(url: string): number | null {
  const comma = url.indexOf(",");
  if (!url.slice(0, comma).endsWith(";base64")) return null;
  const padding = url.endsWith("==") ? 2 : url.endsWith("=") ? 1 : 0;
  return Math.floor(((url.length - comma - 1) * 3) / 4) - padding;
}
