import type { Question } from "./answer";

const last = 2_000;

export function countTo({ match }: Question): string {
  const wanted = Number(match[1]);
  if (wanted < 1) return "There is nothing to count.";
  const end = Math.min(wanted, last);
  const numbers = Array.from({ length: end }, (_, index) => index + 1).join(", ");
  return wanted > last ? `I stop at ${last}.\n\n${numbers}.` : `${numbers}.`;
}
