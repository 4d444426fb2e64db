import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BootError } from "@/lib/config/boot-error";

const storedSchema = z.object({
  BETTER_AUTH_SECRET: z.string().min(32),
  /** Missing where somebody took it out: then a new one is made, and what it sealed does not open. */
  ENCRYPTION_KEY: z.string().min(43).optional(),
  /** Those that it replaced; they still open what they sealed. */
  ENCRYPTION_KEY_OLD: z.array(z.string().min(43)).default([]),
});

type StoredSecrets = z.infer<typeof storedSchema>;

export interface Secrets {
  auth: string;
  encryption: string;
  /** Former ones of `encryption`. */
  formerEncryption: readonly string[];
}

export interface GivenSecrets {
  auth: string | null;
  encryption: string | null;
  formerEncryption: readonly string[];
}

/**
 * The secrets that the environment gives; for those that it does not, the ones kept in
 * `secrets.json` of the data directory, made at the first start and readable by nobody else. An encryption
 * key that was kept there stays a former one when the environment gives another.
 */
export async function ensureSecrets(dataDir: string, given: GivenSecrets): Promise<Secrets> {
  const path = secretsPathOf(dataDir);
  const isGiven = given.auth !== null && given.encryption !== null;
  if (isGiven) return joined(given, await read(path).catch(() => null));
  const stored = (await read(path)) ?? (await create(dataDir, path));
  if (hasCurrent(given, stored)) return joined(given, stored);
  await renewEncryptionKey(dataDir);
  return joined(given, await read(path));
}

/** What `ensureSecrets` would give now, or `null` where it would have to make something. */
export async function readSecrets(dataDir: string, given: GivenSecrets): Promise<Secrets | null> {
  const stored = await read(secretsPathOf(dataDir));
  return stored && hasCurrent(given, stored) ? joined(given, stored) : null;
}

export function secretsPathOf(dataDir: string): string {
  return join(dataDir, "secrets.json");
}

/**
 * Puts a new encryption key in the place of the one that is kept, which stays as a former one. Throws a `BootError`
 * while somebody else does: of two, the later one would drop a key that may have sealed something already.
 */
export async function renewEncryptionKey(dataDir: string): Promise<void> {
  const path = secretsPathOf(dataDir);
  if ((await read(path)) === null) await create(dataDir, path);
  const draft = `${path}.renewing`;
  const claim = await open(draft, "wx", 0o600).catch((error: unknown) => {
    if (!isAlreadyThere(error)) throw error;
    throw new BootError(
      `The encryption key is being renewed by another process. If there is none, one died: delete ${draft} and run this again.`,
    );
  });
  try {
    // Read under the claim: until the rename nobody else puts another key in its place.
    const stored = await read(path);
    if (!stored) throw new BootError(`${path} went away while it was renewed.`);
    const former = keysIn(stored);
    const renewed = { ...stored, ENCRYPTION_KEY: newEncryptionKey(), ENCRYPTION_KEY_OLD: former };
    await claim.writeFile(textOf(renewed));
    await claim.sync();
    // Whoever reads it meanwhile reads the one or the other, whole.
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await claim.close();
  }
}

function joined(given: GivenSecrets, stored: StoredSecrets | null): Secrets {
  const kept = stored ? keysIn(stored) : [];
  const auth = given.auth ?? stored?.BETTER_AUTH_SECRET;
  const [encryption, ...former] = given.encryption === null ? kept : [given.encryption, ...kept];
  if (auth === undefined || encryption === undefined)
    throw new BootError("The secrets went away while starting.");
  return { auth, encryption, formerEncryption: [...given.formerEncryption, ...former] };
}

function hasCurrent(given: GivenSecrets, stored: StoredSecrets): boolean {
  return given.encryption !== null || stored.ENCRYPTION_KEY !== undefined;
}

/** The newest first. */
function keysIn({ ENCRYPTION_KEY: current, ENCRYPTION_KEY_OLD: former }: StoredSecrets): string[] {
  return current === undefined ? former : [current, ...former];
}

async function read(path: string): Promise<StoredSecrets | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  try {
    return storedSchema.parse(JSON.parse(text));
  } catch {
    throw new BootError(
      `${path} is damaged. Restore it from a backup; with new secrets everybody is signed out.`,
    );
  }
}

async function create(dataDir: string, path: string): Promise<StoredSecrets> {
  let draft: string | null = null;
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    draft = await writeDraft(path, {
      BETTER_AUTH_SECRET: randomBytes(32).toString("base64url"),
      ENCRYPTION_KEY: newEncryptionKey(),
    });
    // A link fails where the file is already there: of two first starts, both go on with the same secrets.
    await link(draft, path);
  } catch (error) {
    if (!isAlreadyThere(error)) {
      throw new BootError(
        `Secrets cannot be kept in ${dataDir}. Make it writable, or set BETTER_AUTH_SECRET and ENCRYPTION_KEY.`,
      );
    }
  } finally {
    if (draft !== null) await rm(draft, { force: true });
  }
  const stored = await read(path);
  if (!stored) throw new BootError(`${path} went away while starting.`);
  return stored;
}

async function writeDraft(path: string, secrets: z.input<typeof storedSchema>): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, textOf(secrets), { mode: 0o600, flush: true });
  return draft;
}

function textOf(secrets: z.input<typeof storedSchema>): string {
  return `${JSON.stringify(secrets, null, 2)}\n`;
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

function newEncryptionKey(): string {
  return randomBytes(32).toString("base64");
}
