/** Something that a person can mend: told in one sentence, without a stack. */
export class Refusal extends Error {
  name = "Refusal";
}

/** Ends the process: quietly when it was asked to end, else with what went wrong. */
export function failWith(error, ending) {
  if (ending?.aborted) process.exit(ending.reason);
  console.error(error instanceof Refusal ? `\n${error.message}` : error);
  process.exit(1);
}
