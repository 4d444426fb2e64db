import { cardProblem } from "./card-problem";
import { cardLimits } from "./limits";

/** Throws `bad_text` for what is no UTF-8 and `text_too_large`. */
export function decodeText(bytes: Uint8Array, bytesMax: number = cardLimits.textBytesMax): string {
  if (bytes.length > bytesMax) throw cardProblem("text_too_large", { bytesMax });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw cardProblem("bad_text");
  }
}
