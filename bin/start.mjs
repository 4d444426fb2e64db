import { buildToServe } from "./build.mjs";
import { requireFreeDataDir } from "./data-dir.mjs";
import { endSignal } from "./end-signal.mjs";
import { readEnvironment } from "./env-files.mjs";
import { install } from "./install.mjs";
import { failWith } from "./refusal.mjs";
import { ensureNode } from "./runtime.mjs";
import { serve } from "./serve.mjs";

await ensureNode(import.meta.url);
const ending = endSignal();
try {
  await requireFreeDataDir(readEnvironment("production"), { signal: ending });
  await install({ signal: ending });
  const instance = await buildToServe({ signal: ending });
  await serve({ isDev: false, instance, ending });
} catch (error) {
  failWith(error, ending);
}
