import { runSoak, type SoakOptions } from "@/bench/soak/run-soak";
import { expect, test } from "./fixtures";

// What fails is to be seen again with `npm run soak -- --seed 1`, and more of it with other seeds.
const seed = 1;

const soaks: Omit<SoakOptions, "seed" | "tell">[] = [
  { engine: "redis", instances: 3, chats: 200, chaosMs: 30_000 },
  { engine: "pglite", instances: 1, chats: 40, chaosMs: 20_000 },
];

// One and a half minutes on a machine that does nothing else, and several on one that does.
test.describe.configure({ timeout: 8 * 60_000 });

for (const soak of soaks) {
  const { engine, instances, chats } = soak;
  test(`${chats} chats on ${engine} lose no word while ${instances > 1 ? `${instances} servers are` : "the server is"} killed and restarted`, async () => {
    const told: string[] = [];
    const { findings, figures } = await runSoak({ ...soak, seed, tell: (what) => told.push(what) });
    await test.info().attach("what happened", { body: told.join("\n") });
    await test.info().attach("figures", { body: JSON.stringify(figures, null, 2) });
    for (const { guarantee, problems } of findings)
      expect.soft(problems, `${guarantee} (seed ${seed})`).toEqual([]);
  });
}
