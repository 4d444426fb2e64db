import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { createAppServer, startRefused } from "@/e2e/app-server";
import { ask } from "@/e2e/ask";
import { expect, test } from "@/e2e/fixtures";
import { signInAsGuest } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { listModels } from "@/lib/api/models";

test("a second start on the same data is refused with a sentence, and the first one goes on", async ({
  app,
}) => {
  const refused = await startRefused({ DATA_DIR: app.dataDir, PORT: "0" });
  expect(refused.exitCode).toBe(1);
  expect(refused.output).toContain("Parley is already running on this data directory");
  expect(refused.output).toContain(app.url);
  expect(refused.output).not.toMatch(/^\s+at /m);
  expect((await fetch(`${app.url}/api/health/ready`)).status).toBe(200);
});

test("a port that is taken is told in a sentence", async ({ app }) => {
  const refused = await startRefused({
    DATA_DIR: `${app.dataDir}-other`,
    HOST: "127.0.0.1",
    PORT: new URL(app.url).port,
  });
  expect(refused.exitCode).toBe(1);
  expect(refused.output).toContain(`Port ${new URL(app.url).port} is taken`);
});

for (const [name, value] of [
  ["TRUST_PROXY_HOPS", "many"],
  ["SIGN_UP", "perhaps"],
  ["APP_URL", "not an address"],
  ["OPENROUTER_BASE_URL", "not an address"],
  ["RATE_LIMITS", "some"],
  ["BETTER_AUTH_SECRET", "hunter2"],
] as const) {
  test(`a wrong ${name} stops the start and is named, its value is not shown`, async ({ app }) => {
    const refused = await startRefused({ DATA_DIR: `${app.dataDir}-other`, PORT: "0", [name]: value });
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toContain(name);
    expect(refused.output).not.toContain(value);
    expect(refused.output).not.toMatch(/^\s+at /m);
  });
}

test("the example configuration starts as it stands, and the offline assistant answers", async () => {
  const example = parseEnv(readFileSync(".env.local.example", "utf8"));
  const { PORT: _, HOST: __, APP_URL: ___, DATA_DIR: ____, ...given } = example;
  const app = await createAppServer(defined(given));
  try {
    await app.start();
    await expect.poll(app.log).toContain("the offline assistant answers");
    const person = await signInAsGuest(app.url);
    const { items } = await person.call(listModels);
    expect(items.filter(({ availability }) => availability.status === "available")).toHaveLength(1);
    expect((await readStream((await ask(person, "Hello")).response)).at(-1)?.chunk.type).toBe("finish");
  } finally {
    await app.dispose();
  }
});

test("the secrets of an installation are readable by nobody else", ({ app }) => {
  expect(statSync(join(app.dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
});

function defined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? ""]));
}
