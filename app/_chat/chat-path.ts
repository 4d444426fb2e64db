/** The chat that an address shows, or null for the page of a new one. */
export function chatIdOf(pathname: string): string | null {
  return /^\/chat\/([A-Za-z0-9_-]{1,64})$/.exec(pathname)?.[1] ?? null;
}
