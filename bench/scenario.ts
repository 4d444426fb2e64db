/** What a scenario has found: for people, and for the JSON. */
export interface Report {
  title: string;
  /** Lines to print: tables, and what is to be known beside them. */
  text: string;
  figures: unknown;
}
