/** Where to go after signing in: a path of our own, whatever the address says. */
export function pathAfter(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !next.startsWith("/")) return "/";
  const url = URL.canParse(next, ownOrigin) ? new URL(next, ownOrigin) : null;
  if (url?.origin !== ownOrigin) return "/";
  return url.pathname + url.search;
}

/** `//host` and `/\host` lead elsewhere: the parser that browsers use tells. */
const ownOrigin = "http://parley.invalid";
