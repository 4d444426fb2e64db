import type { SQL } from "drizzle-orm";
import type { z } from "zod";
import type { Db } from "./client";

/** Runs a statement and parses each row. The drivers differ: one gives the rows, the other wraps them. */
export async function rows<Schema extends z.ZodType>(
  db: Db,
  schema: Schema,
  statement: SQL,
): Promise<z.output<Schema>[]> {
  const result: unknown = await db.execute(statement);
  const list = Array.isArray(result) ? result : (result as { rows: unknown[] }).rows;
  return Array.from(list, (row) => schema.parse(row));
}
