/** The app cannot start, and the sentence says to whoever starts it what to mend. */
export class BootError extends Error {
  override readonly name = "BootError";
}
