/** Whether the stream that brings the next chunks was asked for everything, or for what comes after our cursor. */
export type Manner = "whole" | "rest";

export interface Ending {
  type: "finish" | "abort" | "error";
  /** The type of its ChatError, where it is an error. */
  errorType: string | null;
}

/** What one reader has made of the chunks of one answer, and where they broke the rules of the cursor. */
export interface Copy {
  readonly text: string;
  readonly reasoning: string;
  readonly messageId: string | null;
  /** `<epoch>.<seq>` of the last chunk. */
  readonly cursor: string | null;
  /** The epoch of the last chunk; 0 before the first. */
  readonly epoch: number;
  readonly ending: Ending | null;
  /** The epochs of cursors that were answered with a replay: only once they were over. */
  readonly replayedEpochs: readonly number[];
  readonly breaches: readonly string[];
  /** A new connection begins: for the rest it goes on after the last cursor, or begins anew with `start`. */
  open(manner: Manner): void;
  take(id: string | null, chunk: unknown): void;
}

/**
 * Builds an answer as the AI SDK does, and watches: within an epoch no number comes twice and none is left out.
 * Only a replay may merge deltas and number them by the last one; it begins with `start`.
 */
export function createCopy(): Copy {
  let text = "";
  let reasoning = "";
  let messageId: string | null = null;
  let at: Place | null = null;
  let ending: Ending | null = null;
  let isFirst = true;
  let isReplay = true;
  let manner: Manner = "whole";
  const breaches: string[] = [];
  const replayedEpochs: number[] = [];

  function takeStart(place: Place, chunk: unknown) {
    if (!isFirst) breaches.push(`a start in the middle of a stream, at ${shown(place)}`);
    if (isFirst && manner === "rest" && at) replayedEpochs.push(at.epoch);
    const named = field(chunk, "messageId");
    if (messageId !== null && named !== messageId)
      breaches.push(`another message at ${shown(place)}: ${named} and not ${messageId}`);
    messageId = named;
    text = "";
    reasoning = "";
    isReplay = true;
  }

  function checkPlace(place: Place, isDelta: boolean) {
    if (at === null || (isFirst && manner === "whole")) {
      breaches.push(`no start, but ${shown(place)}`);
      return;
    }
    if (place.seq <= at.seq) breaches.push(`${shown(place)} after ${shown(at)}: a number that came before`);
    const mayBeMerged = isReplay && isDelta;
    if (place.seq > at.seq + 1 && !mayBeMerged)
      breaches.push(`${shown(place)} after ${shown(at)}: numbers were left out`);
    if (place.epoch < at.epoch) breaches.push(`${shown(place)} after ${shown(at)}: an epoch that is over`);
  }

  return {
    get text() {
      return text;
    },
    get reasoning() {
      return reasoning;
    },
    get messageId() {
      return messageId;
    },
    get cursor() {
      return at && shown(at);
    },
    get epoch() {
      return at?.epoch ?? 0;
    },
    get ending() {
      return ending;
    },
    breaches,
    replayedEpochs,
    open(next) {
      isFirst = true;
      isReplay = next === "whole";
      manner = next;
    },
    take(id, chunk) {
      const type = field(chunk, "type");
      const place = placeOf(id);
      if (!place) {
        breaches.push(`a chunk without a cursor: ${type}`);
        return;
      }
      if (ending) breaches.push(`${type} at ${shown(place)}, after the end`);
      if (type === "start") takeStart(place, chunk);
      else checkPlace(place, type === "text-delta" || type === "reasoning-delta");
      at = place;
      isFirst = false;
      if (type === "text-delta") text += field(chunk, "delta");
      if (type === "reasoning-delta") reasoning += field(chunk, "delta");
      if (type === "finish" || type === "abort") ending = { type, errorType: null };
      if (type === "error") ending = { type, errorType: errorTypeOf(field(chunk, "errorText")) };
    },
  };
}

interface Place {
  epoch: number;
  seq: number;
}

function placeOf(id: string | null): Place | null {
  const [, epoch, seq] = /^(\d+)\.(\d+)$/.exec(id ?? "") ?? [];
  return epoch === undefined || seq === undefined ? null : { epoch: Number(epoch), seq: Number(seq) };
}

function shown({ epoch, seq }: Place): string {
  return `${epoch}.${seq}`;
}

function errorTypeOf(text: string): string {
  try {
    return field(JSON.parse(text), "type");
  } catch {
    return "no ChatError";
  }
}

/** Empty where there is no such text. */
function field(value: unknown, name: string): string {
  const found: unknown = value instanceof Object ? Reflect.get(value, name) : undefined;
  return typeof found === "string" ? found : "";
}
