import { createId } from "@/lib/chats/id";

/**
 * Names this tab, over reloads. Only a page that is gone leaves the name behind: a tab that is duplicated
 * copies the storage of one that is still there, and gets a name of its own.
 */
export function tabId(): string {
  if (known !== null) return known;
  const id = takeOver() ?? createId();
  known = id;
  window.addEventListener("pagehide", () => leave(id));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) takeOver();
  });
  return id;
}

let known: string | null = null;

const key = "parley.tab";

function takeOver(): string | null {
  try {
    const id = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return id;
  } catch {
    return null; // Storage that is closed to us names nothing.
  }
}

function leave(id: string): void {
  try {
    sessionStorage.setItem(key, id);
  } catch {
    // Then the next page is another tab, and adopts what this one left.
  }
}
