import { drafts } from "@/app/_client/drafts/drafts";
import { forgetOutbox } from "@/app/_client/outbox/browser-outbox";
import { personHere } from "./person-here";

/**
 * Takes out of this browser whatever belongs to the person who leaves; how the app looks here stays, and
 * what others who were here have written waits for them.
 */
export async function forgetPerson(): Promise<void> {
  // Nothing that is not saved keeps the page of somebody who is gone.
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });
  drafts.forgetAll();
  for (const storage of [localStorage, sessionStorage]) forgetStored(storage);
  await Promise.allSettled([forgetOutbox(), forgetCaches()]);
}

function forgetStored(storage: Storage): void {
  for (const key of Object.keys(storage)) {
    if (key.startsWith("parley.") && !personHere.isOfSomebodyElse(key)) storage.removeItem(key);
  }
}

async function forgetCaches(): Promise<void> {
  if (!("caches" in window)) return;
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}
