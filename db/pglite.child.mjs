import { acquireDataLock } from "./data-lock.ts";
import { openPglite } from "./pglite.ts";

/** Tells how many rows it found, then writes row after row and tells each one that was confirmed. */
const [dataDir] = process.argv.slice(2);
await acquireDataLock(dataDir);
const pglite = await openPglite(`${dataDir}/postgres`);
await pglite.exec("create table if not exists line (id int primary key, body text not null)");
const { rows } = await pglite.query("select count(*)::int as count, coalesce(max(id), 0) as last from line");
process.stdout.write(`${JSON.stringify(rows[0])}\n`);
for (let id = rows[0].last + 1; ; id++) {
  await pglite.query("insert into line values ($1, $2)", [id, "a line of some length ".repeat(id % 100)]);
  process.stdout.write(`${id}\n`);
}
