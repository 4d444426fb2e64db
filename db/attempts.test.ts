import { expect, test } from "vitest";
import { createAttempts } from "./attempts";
import { user } from "./schema/accounts";
import { attempts as table } from "./schema/limits";
import { forEachEngine } from "./testing/engines";

forEachEngine((engine) => {
  test("of tries at once in several processes each has a number of its own, and a new window begins with one", async () => {
    await engine.db.insert(user).values({ id: "ada", name: "Ada", email: "ada@example.org" });
    const processes = [createAttempts(engine.db), createAttempts(engine.db)];
    const count = (index: number) => processes[index % 2]?.count("ada", "key-check", 60_000);
    const counted = await Promise.all(Array.from({ length: 20 }, (_, index) => count(index)));
    expect(counted.map((each) => each?.count).toSorted((a = 0, b = 0) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    for (const each of counted) expect(each?.msLeft).toBeGreaterThan(0);
    expect(await processes[0]?.count("ada", "endpoint-check", 60_000)).toMatchObject({ count: 1 });
    await engine.db.update(table).set({ endsAt: new Date(0) });
    expect(await count(0)).toMatchObject({ count: 1 });
  });
});
