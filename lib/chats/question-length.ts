/** Characters (UTF-16 code units) that a question may have. */
export const questionLengthMax = 1_000_000;
