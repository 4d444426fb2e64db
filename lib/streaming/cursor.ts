import { AppError } from "@/lib/errors/app-error";

/** A place in a generation's log: what was read last. Written `<epoch>.<seq>` as the SSE `id`. */
export interface Cursor {
  epoch: number;
  seq: number;
}

export function formatCursor({ epoch, seq }: Cursor): string {
  return `${epoch}.${seq}`;
}

/** Throws `invalid_request` for anything that `formatCursor` did not write. */
export function parseCursor(text: string): Cursor {
  const match = /^(\d{1,9})\.(\d{1,9})$/.exec(text);
  if (!match) throw new AppError("invalid_request", "malformed cursor");
  return { epoch: Number(match[1]), seq: Number(match[2]) };
}
