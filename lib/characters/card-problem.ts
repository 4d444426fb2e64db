import { AppError } from "@/lib/errors/app-error";
import type { ChatErrorType } from "@/lib/errors/chat-error";

/** What can be wrong with a file that should be a character card or a picture. */
export const cardProblems = {
  file_too_large: "too_large",
  picture_too_large: "too_large",
  picture_file_too_large: "too_large",
  text_too_large: "too_large",
  oversized_chunk: "too_large",
  too_many_chunks: "too_large",
  too_deep: "too_large",
  unknown_format: "unsupported",
  charx: "unsupported",
  picture_not_png: "unsupported",
  picture_without_card: "unsupported",
  bad_signature: "invalid_request",
  broken_chunk: "invalid_request",
  wrong_crc: "invalid_request",
  no_card: "invalid_request",
  bad_compression: "invalid_request",
  bad_base64: "invalid_request",
  bad_text: "invalid_request",
  bad_json: "invalid_request",
  not_a_card: "invalid_request",
  lorebook_alone: "invalid_request",
  not_a_lorebook: "invalid_request",
} as const satisfies Record<string, ChatErrorType>;

export type CardProblem = keyof typeof cardProblems;

/** `details.problem` says what is wrong; the rest says where: `{ chunk }`, `{ field, reason }` or a bound. */
export function cardProblem(problem: CardProblem, where: Record<string, unknown> = {}): AppError {
  return new AppError(cardProblems[problem], `character card: ${problem}`, {
    details: { problem, ...where },
  });
}
