import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BootError } from "@/lib/config/boot-error";

const storedSchema = z.object({ BETTER_AUTH_SECRET: z.string().min(32), ENCRYPTION_KEY: z.string().min(43) });

export interface Secrets {
  auth: string;
  encryption: string;
}

/**
 * The secrets that the environment gives; for those that it does not, the ones kept in
 * `secrets.json` of the data directory, made at the first start and readable by nobody else.
 */
export async function ensureSecrets(
  dataDir: string,
  given: { auth: string | null; encryption: string | null },
): Promise<Secrets> {
  if (given.auth !== null && given.encryption !== null)
    return { auth: given.auth, encryption: given.encryption };
  const path = join(dataDir, "secrets.json");
  const stored = (await read(path)) ?? (await create(dataDir, path));
  return {
    auth: given.auth ?? stored.BETTER_AUTH_SECRET,
    encryption: given.encryption ?? stored.ENCRYPTION_KEY,
  };
}

async function read(path: string): Promise<z.infer<typeof storedSchema> | null> {
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

async function create(dataDir: string, path: string): Promise<z.infer<typeof storedSchema>> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const fresh = {
      BETTER_AUTH_SECRET: randomBytes(32).toString("base64url"),
      ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    };
    await writeFile(draft, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flush: true });
    // A link fails where the file is already there: of two first starts, both go on with the same secrets.
    await link(draft, path);
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (!isThere) {
      throw new BootError(
        `Secrets cannot be kept in ${dataDir}. Make it writable, or set BETTER_AUTH_SECRET and ENCRYPTION_KEY.`,
      );
    }
  } finally {
    await rm(draft, { force: true });
  }
  const stored = await read(path);
  if (!stored) throw new BootError(`${path} went away while starting.`);
  return stored;
}
