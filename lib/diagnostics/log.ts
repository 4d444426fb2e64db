export type LogFields = Readonly<Record<string, unknown>>;

/**
 * One line a call, as JSON. The fields never carry keys, tokens, e-mail addresses or
 * what people and models wrote: ids, counts, durations and error types only.
 */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** For tests and tools that have nothing to say. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
