import { readChunks, writeChunks } from "@/lib/characters/png/chunks";
import { plainPicture } from "@/lib/characters/png/plain-picture";
import { textChunk } from "@/lib/characters/png/text-chunk";

export const foxCard = {
  spec: "chara_card_v2",
  spec_version: "2.0",
  data: {
    name: "Reynard",
    description: "{{char}} is a fox who talks to {{user}}.",
    personality: "sly",
    scenario: "A wood at dusk.",
    first_mes: "*{{char}} looks up.* Good evening, {{user}}. <img src=x onerror=\"document.title='broken'\">",
    mes_example: "<START>\n{{user}}: Hello\n{{char}}: Hm.",
    creator_notes: "<b>Made</b> for tests",
    system_prompt: "",
    post_history_instructions: "",
    alternate_greetings: ["Oh. {{user}}.", "You again."],
    tags: ["Fox", "Fable"],
    creator: "Aesop",
    character_version: "1",
    extensions: { "other/app": { depth: 4, list: [1, null] } },
    character_book: {
      name: "Wood",
      extensions: { kept: true },
      entries: [
        {
          keys: ["den"],
          content: "The den is under the oak.",
          extensions: { position: 4 },
          enabled: true,
          insertion_order: 10,
          unknown_field: "kept",
        },
      ],
    },
  },
};

/** A card in a small picture, as other programs write it. */
export function cardPng(card: unknown, keyword = "chara"): Buffer<ArrayBuffer> {
  return pngWithText(keyword, Buffer.from(JSON.stringify(card)).toString("base64"));
}

export function pngWithText(keyword: string, text: string): Buffer<ArrayBuffer> {
  const chunks = readChunks(plainPicture("Picture"));
  return Buffer.from(writeChunks([...chunks.slice(0, -1), textChunk(keyword, text), ...chunks.slice(-1)]));
}
