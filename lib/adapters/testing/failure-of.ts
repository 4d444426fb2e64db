import { inspect } from "node:util";
import { expect } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { apiKey, type Heard } from "./providers-under-test";

/** What a provider may say, and what nobody may read of it. */
export const wording = "Incorrect API key provided: sk-or-v1-0123456789abcdef, see account of Jane";
const leaked = /sk-or-v1|0123456789abcdef|scripted0leak|Incorrect|Jane|0000secret/;

/** The error that an answer ended with. */
export function failureOf({ error, finish }: Heard): AppError {
  expect(finish).toBeNull();
  return safeError(error);
}

/** An error of ours that holds nothing of the provider's words, nor of our key, in any corner. */
export function safeError(error: unknown): AppError {
  expect(error).toBeInstanceOf(AppError);
  if (!(error instanceof AppError)) throw error;
  expect(apiKey).toMatch(leaked);
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toMatch(leaked);
  expect(`${error.message}${error.stack}${JSON.stringify(error.details)}`).not.toMatch(leaked);
  expect(error.cause).toBeUndefined();
  return error;
}
