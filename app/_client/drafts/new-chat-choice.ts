import { z } from "zod";
import { keyPrefixOf, personHere } from "@/app/_client/person/person-here";
import type { ModelName } from "@/app/_client/session/chosen-model";
import { type ModelSettings, modelSettingsSchema } from "@/lib/models/settings";

const choiceSchema = z.object({
  model: z.object({ id: z.string(), name: z.string() }).nullable(),
  settings: modelSettingsSchema,
});

interface Choice {
  /** `null` is the default, whichever that is. */
  model: ModelName | null;
  settings: ModelSettings;
}

/**
 * What was chosen in a new chat that nobody else knows of yet: kept with its draft, until its first question has
 * taken it along.
 */
export const newChatChoice = {
  read: (): Choice | null => load(keyOf()),

  keep(choice: Choice): void {
    if (choice.model === null && Object.keys(choice.settings).length === 0) remove(keyOf());
    else save(keyOf(), choice);
  },

  forget: (): void => remove(keyOf()),

  /** What a guest left is the account's that the guest became, unless it has chosen something itself. */
  inherit(guestId: string): void {
    const given = load(keyPrefixOf(guestId) + ending);
    if (given && !newChatChoice.read()) newChatChoice.keep(given);
    remove(keyPrefixOf(guestId) + ending);
  },
};

const ending = "chosen.new";

function keyOf(): string {
  return personHere.keyPrefix() + ending;
}

function load(key: string): Choice | null {
  try {
    return choiceSchema.parse(JSON.parse(localStorage.getItem(key) ?? ""));
  } catch {
    return null; // None, another version's, or storage is closed to us.
  }
}

function save(key: string, choice: Choice): void {
  try {
    localStorage.setItem(key, JSON.stringify(choice));
  } catch {
    // Full or closed storage costs the choice its safety over a reload, nothing else.
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
