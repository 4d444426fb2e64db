import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

const startParams = [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"];

/**
 * An empty PGlite that forgets everything. To create one takes two seconds, so the first is kept in
 * `node_modules/.cache` and the others start from its copy.
 */
export async function createPgliteInMemory(): Promise<PGlite> {
  const template = await templatePath();
  const kept = await readFile(template).catch(() => null);
  if (kept) return PGlite.create({ loadDataDir: new Blob([kept]), startParams });
  const first = await PGlite.create({ startParams });
  const dump = await first.dumpDataDir("none");
  // Workers that come here together each write the same file, and none reads half of one.
  const draft = `${template}.${process.pid}`;
  await writeFile(draft, Buffer.from(await dump.arrayBuffer()));
  await rename(draft, template);
  return first;
}

async function templatePath(): Promise<string> {
  const modules = join(process.cwd(), "node_modules");
  const manifest = await readFile(join(modules, "@electric-sql", "pglite", "package.json"), "utf8");
  const { version }: { version: string } = JSON.parse(manifest);
  const folder = join(modules, ".cache", "parley");
  await mkdir(folder, { recursive: true });
  return join(folder, `pglite-${version}.tar`);
}
