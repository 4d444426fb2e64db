import fc from "fast-check";
import { isObject } from "@/lib/characters/card";
import { arbitraryCards } from "./arbitrary-card";

type Fields = Record<string, unknown>;

/** What the versions demand, with what they want where there is nothing. */
const demanded = {
  data: {
    description: "",
    personality: "",
    scenario: "",
    first_mes: "",
    mes_example: "",
    creator_notes: "",
    system_prompt: "",
    post_history_instructions: "",
    alternate_greetings: [],
    tags: [],
    creator: "",
    character_version: "",
    extensions: {},
  },
  book: { extensions: {} },
  entry: { keys: [], content: "", extensions: {}, enabled: true, insertion_order: 0 },
} satisfies Record<string, Fields>;

const demandedOfVersion3 = {
  data: { ...demanded.data, group_only_greetings: [] },
  book: demanded.book,
  entry: { ...demanded.entry, use_regex: false },
};

const optional = {
  data: ["character_book", "nickname", "assets", "source", "creation_date", "x_new"],
  book: ["name", "description", "scan_depth", "token_budget", "recursive_scanning", "x_new"],
  entry: [
    "name",
    "priority",
    "id",
    "comment",
    "selective",
    "secondary_keys",
    "constant",
    "position",
    "x_new",
  ],
};

/** Cards as careless programs write them. */
export function arbitraryCarelessCards() {
  const { version2, version3 } = arbitraryCards();
  const versioned = fc.oneof(
    fc.record({ card: version2, version: fc.constant("v2" as const) }),
    fc.record({ card: version3, version: fc.constant("v3" as const) }),
  );
  const chosen = fc.infiniteStream(fc.boolean());

  /** `expected` is what goes out of `given`. */
  const withNulls = fc.tuple(versioned, chosen).map(([{ card, version }, coins]) => {
    const wants = version === "v2" ? demanded : demandedOfVersion3;
    const isNull = () => coins.next().value === true;
    const given = replaced(card, (fields, place) => ({
      ...fields,
      ...Object.fromEntries([...Object.keys(wants[place]), ...optional[place]].filter(isNull).map(nothing)),
    }));
    const expected = replaced(given, (fields, place) => ({
      ...fields,
      ...Object.fromEntries(Object.entries(wants[place]).filter(([name]) => fields[name] === null)),
    }));
    return { given, expected, version };
  });

  /** One field is of another kind than it should be: a whole number and a half is nowhere the right one. */
  const kept = fc.constantFrom("priority", "id", "comment", "selective", "secondary_keys", "constant");
  const refused = fc.constantFrom(...Object.keys(demanded.data), "name", "nickname", "character_book");
  const withWrongKinds = fc.oneof(
    fc.tuple(versioned, refused).map(([{ card, version }, name]) => ({
      given: replaced(card, (fields, place) => (place === "data" ? { ...fields, [name]: 1.5 } : fields)),
      field: `^data\\.${name}$`,
      isKept: false,
      version,
    })),
    fc.tuple(versioned, kept).map(([{ card, version }, name]) => ({
      given: replaced(card, (fields, place) =>
        place === "entry" ? { ...fields, [name]: { of: 1.5 } } : fields,
      ),
      field: "",
      isKept: true,
      version,
    })),
  );
  return { withNulls, withWrongKinds };
}

function nothing(name: string): [string, null] {
  return [name, null];
}

/** The card with other fields, in itself, in its lorebook and in each of its entries. */
function replaced(card: Fields, by: (fields: Fields, place: keyof typeof optional) => Fields): Fields {
  const data = by(isObject(card.data) ? card.data : {}, "data");
  if (!isObject(data.character_book)) return { ...card, data };
  const book = by(data.character_book, "book");
  const entries = Array.isArray(book.entries) ? book.entries.map((entry: Fields) => by(entry, "entry")) : [];
  return { ...card, data: { ...data, character_book: { ...book, entries } } };
}
