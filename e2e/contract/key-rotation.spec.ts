import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type AppServer, createAppServer } from "@/e2e/app-server";
import { ask, failureIn } from "@/e2e/ask";
import { callsOf, expect, test } from "@/e2e/fixtures";
import { type Account, lend, personAt, signInAgain, signUp } from "@/e2e/person";
import { defaultModel, providerSettings } from "@/e2e/provider-settings";
import { readStream, textOf } from "@/e2e/read-stream";
import { fingerprint } from "@/e2e/scripted-model/journal";
import { listKeys, setKey } from "@/lib/api/keys";

test.use({ appEnv: { OPENROUTER_API_KEY: "" } });

test("rotation under load loses nothing: keys are set and used while the master key is renewed twice", async ({
  model,
  ownApp,
}) => {
  const people = await Promise.all(Array.from({ length: 8 }, () => signUp(ownApp.url)));
  const latest = new Map<Account, string>();
  const set = async (person: Account, key: string) => {
    await person.call(setKey, { body: { provider: "openrouter", key } });
    latest.set(person, key);
  };
  for (const [index, person] of people.entries()) await set(person, `sk-or-v1-first-000000000000-${index}`);

  const rotated = new AbortController();
  let answered = 0;
  const load = people.map(async (person, index) => {
    for (let round = 0; !rotated.signal.aborted; round++) {
      // Half of them only ask: what they have set before must go on working.
      if (index % 2 === 0) await set(person, `sk-or-v1-round-${round}-0000000000-${index}`);
      const asked = await ask(person, "Now [[tokens=3]]");
      expect(textOf(await readStream(asked.response))).not.toBe("");
      expect(callsOf(model, asked.chatId).map(({ auth }) => auth)).toEqual([
        fingerprint(latest.get(person) ?? ""),
      ]);
      answered++;
    }
  });
  for (const round of [1, 2]) {
    expect(await rotateKey(ownApp)).toContain("A new encryption key is in secrets.json.");
    await expect
      .poll(() => ownApp.log().match(/sealed with the new master key/g)?.length ?? 0, { timeout: 30_000 })
      .toBe(round);
  }
  rotated.abort();
  await Promise.all(load);
  expect(answered).toBeGreaterThan(people.length);

  // The former keys are thrown away: nothing may still need them.
  await ownApp.stop();
  const secrets = await readSecrets(ownApp);
  expect(secrets.ENCRYPTION_KEY_OLD).toHaveLength(2);
  await writeSecrets(ownApp, { ...secrets, ENCRYPTION_KEY_OLD: [] });
  await ownApp.start();
  for (const person of people) {
    const { items } = await person.call(listKeys);
    expect(items).toMatchObject([
      { state: "ready", masked: expect.stringContaining((latest.get(person) ?? "").slice(-2)) },
    ]);
    const asked = await ask(person, "Afterwards [[tokens=3]]");
    await readStream(asked.response);
    expect(callsOf(model, asked.chatId).map(({ auth }) => auth)).toEqual([
      fingerprint(latest.get(person) ?? ""),
    ]);
  }
  expect(ownApp.log()).not.toMatch(/sk-or-v1-(first|round)/);
});

test("without the right master key Parley runs, says which keys do not open, and takes them anew", async ({
  model,
  ownApp,
  page,
}) => {
  const person = await signUp(ownApp.url);
  const key = "sk-or-v1-aaaabbbbccccddddeeeeffff00001111";
  await person.call(setKey, { body: { provider: "openrouter", key } });
  await ownApp.stop();
  const before = await readSecrets(ownApp);
  await writeSecrets(ownApp, { ...before, ENCRYPTION_KEY: randomBytes(32).toString("base64") });
  await ownApp.start();

  const asked = await ask(person, "Hello [[tokens=3]]", { model: defaultModel });
  expect(await failureIn(asked.response)).toMatchObject({ status: 503, type: "key_missing" });
  expect((await person.call(listKeys)).items).toMatchObject([{ state: "unreadable" }]);
  const [name = "", value = ""] = person.cookie.split(/=(.*)/);
  await page.context().addCookies([{ name, value, url: ownApp.url }]);
  await page.goto(`${ownApp.url}/settings/keys`);
  const card = page.getByRole("region", { name: "OpenRouter", exact: true });
  await expect(card).toContainText("was sealed with another encryption key");
  await card.getByRole("button", { name: "Replace" }).click();
  await card.getByLabel("Key for OpenRouter").fill(key);
  await card.getByRole("button", { name: "Check and save" }).click();
  await expect(card).toContainText("Connected");
  const again = await ask(person, "And now [[tokens=3]]", { model: defaultModel });
  await readStream(again.response);
  expect(callsOf(model, again.chatId).map(({ auth }) => auth)).toEqual([fingerprint(key)]);

  // The former key, once it is found, opens what it has sealed.
  const other = await signUp(ownApp.url);
  await personAt(ownApp, other).call(setKey, { body: { provider: "openrouter", key: `${key}2222` } });
  await ownApp.stop();
  const lost = await readSecrets(ownApp);
  await writeSecrets(ownApp, { ...before, ENCRYPTION_KEY_OLD: [lost.ENCRYPTION_KEY ?? ""] });
  await ownApp.start();
  expect((await other.call(listKeys)).items).toMatchObject([{ state: "ready" }]);
});

const losses: Record<string, (app: AppServer, env: Record<string, string>) => Promise<unknown>> = {
  "the file with the generated secrets": ({ dataDir }) => rm(join(dataDir, "secrets.json")),
  "the generated key in it": async (app) => {
    const { ENCRYPTION_KEY: _, ...others } = await readSecrets(app);
    await writeSecrets(app, others);
  },
  ENCRYPTION_KEY: async (_, env) => {
    env.ENCRYPTION_KEY = "";
  },
};

for (const [lost, lose] of Object.entries(losses)) {
  test(`without ${lost} Parley serves, says which keys do not open, and takes them anew`, async ({
    model,
    page,
  }) => {
    test.slow();
    const given = lost === "ENCRYPTION_KEY" ? randomBytes(32).toString("base64") : "";
    const env = { ...providerSettings(model), OPENROUTER_API_KEY: "", ENCRYPTION_KEY: given };
    const app = await createAppServer(env);
    try {
      await app.start();
      const account = await signUp(app.url);
      const key = "sk-or-v1-aaaabbbbccccddddeeeeffff00001111";
      const shared = "sk-or-v1-bbbbccccddddeeeeffff000011112222";
      await account.call(setKey, { body: { provider: "openrouter", key: shared, scope: "installation" } });
      await account.call(setKey, { body: { provider: "openrouter", key } });
      await app.stop();
      await lose(app, env);
      await app.start();

      const person = await signInAgain(account);
      expect((await person.request("GET", "/api/health/ready")).status).toBe(200);
      expect((await person.call(listKeys)).items).toMatchObject([
        { state: "unreadable" },
        { state: "unreadable" },
      ]);
      const asked = await ask(person, "Hello [[tokens=3]]", { model: defaultModel });
      expect(await failureIn(asked.response)).toMatchObject({ status: 503, type: "key_missing" });
      await lend(person, page.context());
      await page.goto(`${app.url}/settings/keys`);
      const card = page.getByRole("region", { name: "OpenRouter", exact: true });
      await expect(card).toContainText("was sealed with another encryption key");

      await person.call(setKey, { body: { provider: "openrouter", key: shared, scope: "installation" } });
      await person.call(setKey, { body: { provider: "openrouter", key } });
      expect((await person.call(listKeys)).items).toMatchObject([{ state: "ready" }, { state: "ready" }]);
      const again = await ask(person, "And now [[tokens=3]]", { model: defaultModel });
      await readStream(again.response);
      expect(callsOf(model, again.chatId).map(({ auth }) => auth)).toEqual([fingerprint(key)]);
      await app.stop();
      await app.start();
      expect((await (await signInAgain(account)).call(listKeys)).items).toMatchObject([
        { state: "ready" },
        { state: "ready" },
      ]);
      expect(app.log()).toContain("does not open with the master keys that are known");
    } finally {
      await app.dispose();
    }
  });
}

interface StoredSecrets {
  BETTER_AUTH_SECRET: string;
  ENCRYPTION_KEY?: string;
  ENCRYPTION_KEY_OLD?: string[];
}

async function readSecrets({ dataDir }: AppServer): Promise<StoredSecrets> {
  return JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8"));
}

async function writeSecrets({ dataDir }: AppServer, secrets: StoredSecrets): Promise<void> {
  await writeFile(join(dataDir, "secrets.json"), JSON.stringify(secrets));
}

async function rotateKey({ dataDir }: AppServer): Promise<string> {
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    DATABASE_URL: "",
    ENCRYPTION_KEY: "",
    ENCRYPTION_KEY_OLD: "",
  };
  const { stdout } = await promisify(execFile)(process.execPath, ["bin/rotate-key.mjs"], { env });
  return stdout;
}
