import type { Page } from "@playwright/test";
import type { Person } from "@/e2e/person";
import { createCharacter } from "@/lib/api/characters";
import { drawPortrait } from "./portraits";

/** Gives the person a few characters with pictures; their ids, in the order of the cast. */
export async function createCast(page: Page, person: Person): Promise<string[]> {
  const ids: string[] = [];
  for (const { portrait, ...data } of cast) {
    const { id, version } = await person.call(createCharacter, {
      body: { card: { spec: "chara_card_v2", spec_version: "2.0", data: { ...noWords, ...data } } },
    });
    await givePicture(
      person,
      `/api/characters/${id}/avatar?version=${version}`,
      await drawPortrait(page, portrait),
    );
    ids.push(id);
  }
  return ids;
}

async function givePicture({ origin, cookie }: Person, path: string, picture: Buffer): Promise<void> {
  const response = await fetch(`${origin}${path}`, {
    method: "POST",
    headers: { Origin: origin, Cookie: cookie, "Content-Type": "image/png" },
    body: new Uint8Array(picture),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

const noWords = { personality: "", scenario: "", mes_example: "" };

export const cast = [
  {
    portrait: "fox",
    name: "Reynard",
    description: "A fox who talks.",
    creator_notes:
      "A fox with manners and no scruples. He knows every way into the henhouse and will tell you none.",
    creator: "Aesop",
    tags: ["Fable", "Fox"],
    first_mes: "*Reynard looks up.* Good evening.",
  },
  {
    portrait: "biologist",
    name: "Dr. Imke Harms",
    description:
      "A marine biologist of sixty-eight. She has spent forty years on research ships, owns one good coat, and measures everything twice.",
    personality: "Dry, exact, kind to beginners.",
    scenario: "A laboratory at the end of a pier, in the rain.",
    creator_notes:
      "Forty years on research ships. Explains the sea as if it were a neighbour one had quarrelled with.",
    creator: "Ada",
    tags: ["Science", "Sea"],
    first_mes:
      "*She does not look up from the microscope.* Mind the buckets. You are the new one? Then tell me first what you think lives in a litre of sea water, and I will tell you by how much you are wrong.",
  },
  {
    portrait: "lighthouse",
    name: "The Lighthouse",
    description: "A lighthouse that talks at night.",
    creator_notes: "Speaks in turns, one sentence every eight seconds, and remembers every ship.",
    creator: "Ada",
    tags: ["Fable", "Sea"],
    first_mes: "…",
  },
  {
    portrait: "teacher",
    name: "Mr. Okafor",
    description: "A patient teacher of mathematics.",
    creator_notes: "Never gives the answer, always the next question. Strict about units.",
    creator: "Ada",
    tags: ["School", "Science"],
    first_mes: "Show me what you tried.",
  },
] as const;
