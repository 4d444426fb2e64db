import { forgetOutbox } from "./browser-outbox";
import { drafts } from "./drafts";

/** Takes out of this browser whatever belongs to the person who leaves; how the app looks here stays. */
export async function forgetPerson(): Promise<void> {
  drafts.forgetAll();
  for (const storage of [localStorage, sessionStorage]) forgetStored(storage);
  await Promise.allSettled([forgetOutbox(), forgetCaches()]);
}

function forgetStored(storage: Storage): void {
  for (const key of Object.keys(storage)) if (key.startsWith("parley.")) storage.removeItem(key);
}

async function forgetCaches(): Promise<void> {
  if (!("caches" in window)) return;
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}
