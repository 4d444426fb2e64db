import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Where this checkout keeps what can be made again. */
export const cacheDir = join(root, ".cache");
