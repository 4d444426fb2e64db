/**
 * Stands in for `eventsource-parser/stream` in the browser (see next.config.ts). The SDK's own transport reads streams
 * with it; this page reads them by `app/_client/streams/sse.ts`.
 */
export class EventSourceParserStream extends TransformStream {
  constructor() {
    super();
    throw new Error("The AI SDK's event parser is left out of the browser: see next.config.ts");
  }
}
