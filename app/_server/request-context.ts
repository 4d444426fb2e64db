import { AsyncLocalStorage } from "node:async_hooks";

type RequestContext = AsyncLocalStorage<{ requestId: string }>;

const key = Symbol.for("parley.request-context");
const shared = globalThis as { [key]?: RequestContext };

/**
 * What belongs to one request and everything it starts, so that each log line can name it. One for the
 * process: the log is made by `instrumentation.ts`, which has its own copy of the modules.
 */
export const requestContext: RequestContext = shared[key] ?? new AsyncLocalStorage();
shared[key] = requestContext;
