import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";

const folders = ["app", "lib", "db", "public"];
const rootFiles =
  /^(package(-lock)?\.json|tsconfig\.json|(next|postcss)\.config\.\w+|(instrumentation(-client)?|proxy)\.ts)$/;
const tests = /\.test\.\w+$/;

/** A hash over the names and contents of all that goes into a build. */
export function sourceHash(folder = root) {
  const hash = createHash("sha256");
  for (const path of buildInputs(folder)) {
    const content = readFileSync(join(folder, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

export function buildInputs(folder) {
  const inFolders = folders
    .filter((name) => existsSync(join(folder, name)))
    .flatMap((name) =>
      readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !tests.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length)),
    );
  const atRoot = readdirSync(folder).filter((name) => rootFiles.test(name));
  return [...inFolders, ...atRoot].sort();
}
