import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The path of the first of these programs that is on PATH or in one of the folders, or null. */
export function findProgram(names, folders = []) {
  const places = [...(process.env.PATH ?? "").split(delimiter), ...folders];
  const paths = names.flatMap((name) => places.map((folder) => join(folder, name)));
  return paths.find(isExecutable) ?? null;
}

export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not for us: no program either way.
  }
}
