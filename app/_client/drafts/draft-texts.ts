import { z } from "zod";
import { keptKeys, keyPrefixOf, personHere } from "@/app/_client/person/person-here";
import { tabId } from "@/app/_client/person/tab-id";

const recordSchema = z.object({ text: z.string(), at: z.number(), isLeft: z.boolean() });
type Draft = z.infer<typeof recordSchema>;

/**
 * What is typed in a place, each tab for itself: two tabs of one chat do not write over each other. A tab
 * begins with what another one has there, and takes over what a closed one left.
 */
export const draftTexts = {
  read(place: string): string {
    watchLeaving();
    const own = load(ownKey(place));
    if (own) {
      if (own.isLeft) save(ownKey(place), { ...own, isLeft: false });
      return own.text;
    }
    const [latest] = othersOf(place).sort((a, b) => b.draft.at - a.draft.at);
    if (!latest) return "";
    if (isAbandoned(latest.draft)) {
      remove(latest.key);
      this.write(place, latest.draft.text);
    }
    return latest.draft.text;
  },

  write(place: string, text: string): void {
    if (isForgotten) return;
    watchLeaving();
    // An empty one is kept only where it says that this tab does not want what another has.
    if (text === "" && othersOf(place).length === 0) remove(ownKey(place));
    else save(ownKey(place), { text, at: Date.now(), isLeft: false });
  },

  /** The text has gone out: also where another tab shows the very same. */
  sent(place: string, text: string): void {
    for (const other of othersOf(place)) {
      if (other.draft.text === text) remove(other.key);
    }
    this.write(place, "");
  },

  /** A new chat got its address. */
  move(from: string, to: string): void {
    const own = load(ownKey(from));
    if (!own) return;
    remove(ownKey(from));
    this.write(to, own.text);
  },

  onSentElsewhere(listener: (place: string, text: string) => void): () => void {
    const onStorage = ({ key, oldValue, newValue }: StorageEvent) => {
      const place = key === null || newValue !== null ? null : placeOfOwn(key);
      const sent = oldValue === null ? null : parse(oldValue);
      if (place !== null && sent) listener(place, sent.text);
    };
    window.addEventListener("storage", onStorage);
    return () => window.removeEventListener("storage", onStorage);
  },

  /** A tab that the guest still has open keeps its own, as what goes from under it counts as sent. */
  inherit(guestId: string): void {
    const prefix = keyPrefixOf(guestId) + ending;
    for (const from of keptKeys(prefix)) {
      const given = load(from);
      if (!given || !isAbandoned(given)) continue;
      const to = keyPrefix() + from.slice(prefix.length);
      const kept = load(to);
      remove(from);
      const texts = [kept?.text ?? "", given.text].filter((text) => text !== "");
      save(to, { ...given, text: texts.join("\n\n") });
    }
  },

  forgetAll(): void {
    isForgotten = true;
    for (const key of allKeys()) remove(key);
  },
};

const ending = "typed.";

/** A tab that crashed says nothing; one that was open for so long and then is read again loses nothing by it. */
const abandonedMs = 86_400_000;

let isForgotten = false;
let isWatching = false;

function isAbandoned({ isLeft, at }: Draft): boolean {
  return isLeft || at < Date.now() - abandonedMs;
}

function watchLeaving(): void {
  if (isWatching) return;
  isWatching = true;
  window.addEventListener("pagehide", () => {
    for (const key of allKeys()) {
      const own = placeOfOwn(key) === null ? null : load(key);
      if (own?.text === "") remove(key);
      else if (own) save(key, { ...own, isLeft: true });
    }
  });
}

function keyPrefix(): string {
  return personHere.keyPrefix() + ending;
}

function ownKey(place: string): string {
  return `${keyPrefix()}${place}.${tabId()}`;
}

function placeOfOwn(key: string): string | null {
  const prefix = keyPrefix();
  const tab = `.${tabId()}`;
  return key.startsWith(prefix) && key.endsWith(tab) ? key.slice(prefix.length, -tab.length) : null;
}

function othersOf(place: string): { key: string; draft: Draft }[] {
  return allKeys()
    .filter((key) => key.startsWith(`${keyPrefix()}${place}.`) && placeOfOwn(key) === null)
    .flatMap((key) => {
      const draft = load(key);
      return draft && draft.text !== "" ? { key, draft } : [];
    });
}

function allKeys(): string[] {
  return keptKeys(keyPrefix());
}

function load(key: string): Draft | null {
  try {
    return parse(localStorage.getItem(key) ?? "");
  } catch {
    return null; // Storage is closed to us.
  }
}

function parse(stored: string): Draft | null {
  try {
    return recordSchema.parse(JSON.parse(stored));
  } catch {
    return null; // None, or another version's.
  }
}

function save(key: string, draft: Draft): void {
  if (isForgotten) return;
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Full or closed storage costs the draft its safety over a reload, nothing else.
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
