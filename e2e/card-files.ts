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
          extensions: { position: 1 },
          enabled: true,
          insertion_order: 10,
          unknown_field: "kept",
        },
      ],
    },
  },
};

/** World info as SillyTavern writes it: an entry for each way in which one is told, or not. */
export const woodWorld = {
  entries: {
    "0": worldEntry(0, { key: ["/den|burrow/i"], comment: "Den", content: "The den is under the oak." }),
    "1": worldEntry(1, { constant: true, comment: "Law", content: "Never lie.", position: 4, depth: 1 }),
    "2": worldEntry(2, { key: ["(?<=x)y", "/(?=oak)/"], comment: "Ahead", content: "Not told.", sticky: 2 }),
    "3": worldEntry(3, {
      key: ["oak"],
      keysecondary: ["axe"],
      selective: true,
      selectiveLogic: 2,
      content: "Green.",
    }),
  },
};

function worldEntry(uid: number, fields: object) {
  return {
    uid,
    key: [],
    keysecondary: [],
    comment: "",
    content: "",
    constant: false,
    selective: false,
    order: 100 + uid,
    position: 1,
    disable: false,
    probability: 100,
    useProbability: true,
    addMemo: true,
    characterFilter: { isExclude: false, names: [], tags: [] },
    ...fields,
  };
}

/** A card in a small picture, as other programs write it. */
export function cardPng(card: unknown, keyword = "chara"): Buffer<ArrayBuffer> {
  return pngWithText(keyword, Buffer.from(JSON.stringify(card)).toString("base64"));
}

export function pngWithText(keyword: string, text: string): Buffer<ArrayBuffer> {
  const chunks = readChunks(plainPicture("Picture"));
  return Buffer.from(writeChunks([...chunks.slice(0, -1), textChunk(keyword, text), ...chunks.slice(-1)]));
}

/** A PNG of exactly so many bytes, most of them in parts that no viewer looks at. */
export function pngOf(size: number): Buffer<ArrayBuffer> {
  const chunks = readChunks(plainPicture("Large"));
  const inner = chunks.slice(0, -1);
  const left = () => size - writeChunks([...inner, ...chunks.slice(-1)]).length;
  while (left() > 0) {
    const length = Math.min(4 * 1024 * 1024, left() - frameBytes);
    inner.push({ type: "prIv", data: new Uint8Array(length) });
  }
  return Buffer.from(writeChunks([...inner, ...chunks.slice(-1)]));
}

// Around the data of a chunk.
const frameBytes = 12;
