import { z } from "zod";

/**
 * What was typed and not yet stored by the server, by chat, over reloads and tabs. A text is
 * *held* from the moment it is sent until the server has it; until then it counts as a draft.
 */
export const drafts = {
  read(place: string): string {
    const { held, text } = load(place);
    const lost = held.filter((message) => !inFlight.has(message.id)).map((message) => message.text);
    return [...lost, text].filter((part) => part !== "").join("\n\n");
  },

  /** Replaces everything that `read` returned. */
  write(place: string, text: string): void {
    const { held } = load(place);
    save(place, { held: held.filter((message) => inFlight.has(message.id)), text });
  },

  hold(place: string, id: string, text: string): void {
    inFlight.add(id);
    const { held } = load(place);
    save(place, { held: [...held.filter((message) => message.id !== id), { id, text }], text: "" });
  },

  /** The same for one that was sent a while ago: what is being typed stays. */
  keep(place: string, id: string, text: string): void {
    inFlight.add(id);
    const { held, text: typed } = load(place);
    save(place, { held: [...held.filter((message) => message.id !== id), { id, text }], text: typed });
  },

  release(place: string, ids: readonly string[]): void {
    for (const id of ids) inFlight.delete(id);
    const { held, text } = load(place);
    if (held.length === 0) return;
    save(place, { held: held.filter((message) => !ids.includes(message.id)), text });
  },

  /** Puts a text back into the field where it came from. */
  giveBack(place: string, text: string): void {
    for (const listener of listeners) listener(place, text);
  },

  onGivenBack(listener: GivenBack): () => void {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },

  /** For signing out: the next person at this browser reads nothing, also of what this page would save on leaving. */
  forgetAll(): void {
    isForgotten = true;
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(keyPrefix)) localStorage.removeItem(key);
    }
  },
};

/** Where the draft of a chat that has no id in the URL yet is kept. */
export const newChatPlace = "new";

const keyPrefix = "parley.draft.";

type GivenBack = (place: string, text: string) => void;

const listeners = new Set<GivenBack>();

let isForgotten = false;

/** Held by this page, whose transcript shows them; the composer must not take them back. */
const inFlight = new Set<string>();

const draftSchema = z.object({
  held: z.array(z.object({ id: z.string(), text: z.string() })),
  text: z.string(),
});

type Draft = z.infer<typeof draftSchema>;

function load(place: string): Draft {
  try {
    return draftSchema.parse(JSON.parse(localStorage.getItem(keyPrefix + place) ?? ""));
  } catch {
    // No draft, or storage is closed to us: then there is none to show.
    return { held: [], text: "" };
  }
}

function save(place: string, draft: Draft): void {
  if (isForgotten) return;
  try {
    if (draft.held.length === 0 && draft.text === "") localStorage.removeItem(keyPrefix + place);
    else localStorage.setItem(keyPrefix + place, JSON.stringify(draft));
  } catch {
    // Full or closed storage costs the draft its safety over a reload, nothing else.
  }
}
