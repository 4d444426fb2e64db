export interface PatternFlags {
  ignoresCase: boolean;
  /** `.` is a line break too. */
  dotIsAll: boolean;
  /** `^` and `$` are the ends of each line. */
  isMultiline: boolean;
}

/** A regular expression that was taken in. */
export interface Pattern {
  /** Of its program: a search takes some steps in proportion to this for each character. */
  size: number;
  isIn(text: string): boolean;
}

/** Reads the patterns of strangers: it never backtracks, so that no pattern takes for ever. */
export interface PatternEngine {
  /** `null` for what is no pattern, and for what has something that cannot be had without backtracking. */
  compile(source: string, flags: PatternFlags): Pattern | null;
}
