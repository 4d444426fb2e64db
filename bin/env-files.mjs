import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import util from "node:util";
import { root } from "./root.mjs";

/**
 * The environment as Next.js will see it: its files in its order, the real environment first. It is only
 * read here, because values set by us would count as real ones and Next.js would no longer expand them.
 */
export function readEnvironment(mode, { folder = root, env = process.env } = {}) {
  const files = [`.env.${mode}.local`, ".env.local", `.env.${mode}`, ".env"];
  const values = files.map((name) => join(folder, name)).map(readEnvFile);
  return Object.assign({}, ...values.reverse(), env);
}

function readEnvFile(path) {
  // By the whole module: Node before 20.12 has no parseEnv, and importing the name would end it before ensureNode speaks.
  return existsSync(path) ? util.parseEnv(readFileSync(path, "utf8")) : {};
}
