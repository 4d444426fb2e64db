export const foreignKeyViolation = "23503";

/**
 * The SQLSTATE of a failed statement (`23505` and the like), which Drizzle wraps and a commit does not.
 * Both drivers give it as `code`, beside the `severity` that tells it from the code of a socket's error.
 */
export function sqlState(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("severity" in cause && "code" in cause && typeof cause.code === "string") return cause.code;
  }
  return null;
}
