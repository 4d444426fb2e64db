import type { Card } from "./card";
import type { CardVersion } from "./card-version";
import { fieldsOfVersion1 } from "./parse-card";

/**
 * The card in the form of a version. Version 2 has no name for what version 3 has added; readers of version 2 pass
 * over it, and here it survives. Version 1 has its six fields, empty ones too, and what stands beside `data`: the rest is left out.
 */
export function writeCard(card: Card, version: CardVersion): Record<string, unknown> {
  if (version === "v1") return writeVersion1(card);
  if (version === "v2") return { ...card, spec: "chara_card_v2", spec_version: "2.0" };
  const { character_book: book } = card.data;
  return {
    ...card,
    data: {
      ...withAtLeast(card.data, "group_only_greetings", []),
      ...(book && {
        character_book: {
          ...book,
          entries: book.entries.map((entry) => withAtLeast(entry, "use_regex", false)),
        },
      }),
    },
  };
}

function withAtLeast(fields: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> {
  return { [name]: value, ...fields, ...(fields[name] === null && { [name]: value }) };
}

function writeVersion1({ spec: _, spec_version: __, data, ...top }: Card): Record<string, unknown> {
  return { ...top, ...Object.fromEntries(fieldsOfVersion1.map((field) => [field, data[field]])) };
}

/** Many programs have the fields of version 1 beside `data` too: where they were the same they stay the same. */
export function withCopiesRenewed(before: Card, after: Card): Card {
  const renewed = fieldsOfVersion1.flatMap((field) =>
    field in after && before[field] === before.data[field] ? [[field, after.data[field]] as const] : [],
  );
  return { ...after, ...Object.fromEntries(renewed) };
}
