import { AsyncLocalStorage } from "node:async_hooks";

/** What belongs to one request and everything it starts, so that each log line can name it. */
export const requestContext = new AsyncLocalStorage<{ requestId: string }>();
