#!/usr/bin/env node
import { readEnvironment } from "./env-files.mjs";
import { failWith, Refusal } from "./refusal.mjs";
import { root } from "./root.mjs";
import { ensureNode } from "./runtime.mjs";

await ensureNode(import.meta.url);
try {
  // DATA_DIR is relative to the checkout, wherever this is run.
  process.chdir(root);
  // Loaded late: a Node that is too old has no hooks, and ensureNode speaks first.
  const { importTypeScript } = await import("./typescript.mjs");
  const { rotateMasterKey } = await importTypeScript("app/_server/rotate-master-key.ts");
  const { isRenewed, counts } = await rotateMasterKey(readEnvironment("production"));
  if (isRenewed) {
    console.log(
      "A new encryption key is in secrets.json. The former one stays there and opens what it has sealed.",
    );
  }
  if (counts) {
    console.log(`Stored keys sealed again: ${counts.resealed}.`);
    if (counts.unreadable > 0) {
      throw new Refusal(
        `${counts.unreadable} were sealed with a key that is not known. Name it in ENCRYPTION_KEY_OLD and run this again; ` +
          "without it their owners have to enter them again.",
      );
    }
  } else if (isRenewed) {
    console.log("Parley is running: within seconds it seals the stored keys again with the new one.");
  } else {
    throw new Refusal(
      "Parley is running on the embedded database, and seals stored keys again when it starts. Restart it with the " +
        "new ENCRYPTION_KEY, and the former one in ENCRYPTION_KEY_OLD.",
    );
  }
} catch (error) {
  failWith(error?.name === "BootError" ? new Refusal(error.message) : error);
}
