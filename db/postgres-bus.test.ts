import { afterEach, expect, test } from "vitest";
import { silentLog } from "@/lib/diagnostics/log";
import type { Bus } from "@/lib/events/bus";
import { createPostgresBus } from "./postgres-bus";
import { createPostgresDatabase } from "./testing/postgres-database";

const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const opened of open.splice(0).reverse()) await opened.close();
});

test("a wake-up in one process arrives in the other, by topic", async () => {
  const [here, there] = await twoBuses();
  const woken = Promise.withResolvers<void>();
  const other = { wakes: 0 };
  there.subscribe("generation:g1", woken.resolve);
  there.subscribe("generation:g2", () => other.wakes++);
  here.publish("generation:g1");
  await woken.promise;
  expect(other.wakes).toBe(0);
});

test("more topics than fit in one notification all arrive", async () => {
  const [here, there] = await twoBuses();
  const topics = Array.from({ length: 500 }, (_, i) => `generation:${String(i).padStart(40, "0")}` as const);
  const arrived = topics.map((topic) => new Promise<void>((resolve) => there.subscribe(topic, resolve)));
  for (const topic of topics) here.publish(topic);
  await Promise.all(arrived);
});

test("what a process tells before it ends still arrives", async () => {
  const [here, there] = await twoBuses();
  const woken = Promise.withResolvers<void>();
  there.subscribe("handed-over", woken.resolve);
  here.publish("handed-over");
  await here.close();
  await woken.promise;
});

test("a database that does not let us listen is polled instead", async () => {
  const url = "postgres://nobody@127.0.0.1:1/none";
  expect(await createPostgresBus({ url, log: silentLog })).toBeNull();
});

async function twoBuses(): Promise<[Bus, Bus]> {
  const { url, drop } = await createPostgresDatabase();
  open.push({ close: drop });
  const [here, there] = [
    await createPostgresBus({ url, log: silentLog }),
    await createPostgresBus({ url, log: silentLog }),
  ];
  if (!here || !there) throw new Error("LISTEN does not work here");
  open.push(here, there);
  return [here, there];
}
