import { z } from "zod";
import { keptKeys, keyPrefixOf, personHere } from "@/app/_client/person/person-here";
import { draftTexts } from "./draft-texts";

/**
 * What a person typed and is not yet stored by the server, by chat, over reloads and tabs. A text is
 * *held* from the moment it is sent until the server has it; until then it counts as a draft.
 */
export const drafts = {
  read(place: string): string {
    const lost = load(place)
      .filter((message) => !inFlight.has(message.id))
      .map((message) => message.text);
    return [...lost, draftTexts.read(place)].filter((part) => part !== "").join("\n\n");
  },

  /** Replaces everything that `read` returned. */
  write(place: string, text: string): void {
    dropLost(place);
    draftTexts.write(place, text);
  },

  /** The same, as the text goes out: the first answer gives the chat another place before the field is written. */
  hold(place: string, id: string, text: string): void {
    dropLost(place);
    drafts.keep(place, id, text);
    draftTexts.sent(place, text);
  },

  /** For one that was sent a while ago: what is being typed stays. */
  keep(place: string, id: string, text: string): void {
    inFlight.add(id);
    save(place, [...load(place).filter((message) => message.id !== id), { id, text }]);
  },

  release(place: string, ids: readonly string[]): void {
    for (const id of ids) inFlight.delete(id);
    const held = load(place);
    if (held.length === 0) return;
    save(
      place,
      held.filter((message) => !ids.includes(message.id)),
    );
  },

  /** What is typed in a chat that had no address follows it there. */
  move: (from: string, to: string): void => draftTexts.move(from, to),

  /** Another tab sent what this one shows as well. */
  onSentElsewhere: (listener: GivenBack): (() => void) => draftTexts.onSentElsewhere(listener),

  /** Puts a text back into the field where it came from, or where that will be. */
  giveBack(place: string, text: string): void {
    draftTexts.write(place, [text, draftTexts.read(place)].filter((part) => part !== "").join("\n\n"));
    for (const listener of listeners) listener(place, text);
  },

  onGivenBack(listener: GivenBack): () => void {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },

  /** What a guest left is the account's that the guest became. */
  inherit(guestId: string): void {
    draftTexts.inherit(guestId);
    const prefix = keyPrefixOf(guestId) + ending;
    for (const key of keptKeys(prefix)) {
      const place = key.slice(prefix.length);
      const held = parse(localStorage.getItem(key));
      localStorage.removeItem(key);
      save(place, [...load(place), ...held]);
    }
  },

  /** For signing out: nothing of this person stays, also of what this page would save on leaving. */
  forgetAll(): void {
    isForgotten = true;
    draftTexts.forgetAll();
    for (const key of keptKeys(keyOf(""))) localStorage.removeItem(key);
  },
};

/** Where the draft of a chat that has no id in the URL yet is kept. */
export const newChatPlace = "new";

const ending = "draft.";

type GivenBack = (place: string, text: string) => void;

const listeners = new Set<GivenBack>();

let isForgotten = false;

/** Held by this page, whose transcript shows them; the composer must not take them back. */
const inFlight = new Set<string>();

const heldSchema = z.object({ held: z.array(z.object({ id: z.string(), text: z.string() })) });

type Held = z.infer<typeof heldSchema>["held"];

function dropLost(place: string): void {
  save(
    place,
    load(place).filter((message) => inFlight.has(message.id)),
  );
}

function keyOf(place: string): string {
  return personHere.keyPrefix() + ending + place;
}

function load(place: string): Held {
  try {
    return parse(localStorage.getItem(keyOf(place)));
  } catch {
    return []; // Storage is closed to us.
  }
}

function parse(stored: string | null): Held {
  try {
    return heldSchema.parse(JSON.parse(stored ?? "")).held;
  } catch {
    return []; // None, or another version's.
  }
}

function save(place: string, held: Held): void {
  if (isForgotten) return;
  try {
    if (held.length === 0) localStorage.removeItem(keyOf(place));
    else localStorage.setItem(keyOf(place), JSON.stringify({ held }));
  } catch {
    // Full or closed storage costs the draft its safety over a reload, nothing else.
  }
}
