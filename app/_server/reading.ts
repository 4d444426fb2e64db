import { services } from "./services";

/** One open event stream of one reader. `leave` ends it, however often it is called. */
export interface Reading {
  signal: AbortSignal;
  leave(): void;
}

/** Ends when the request does, when its session is signed out or revoked, or after `msMax`; `left` is called then, once. */
export function openReading(
  { sessionId, request }: { sessionId: string; request: Request },
  left: () => void,
  msMax: number | null,
): Reading {
  const leaving = new AbortController();
  const leave = () => {
    if (leaving.signal.aborted) return;
    leaving.abort();
    clearTimeout(timer);
    request.signal.removeEventListener("abort", leave);
    unwatch();
    left();
  };
  const timer = msMax === null ? undefined : setTimeout(leave, msMax);
  const unwatch = services().sessionWatch.add(sessionId, leave);
  request.signal.addEventListener("abort", leave, { once: true });
  if (request.signal.aborted) leave();
  return { signal: leaving.signal, leave };
}
