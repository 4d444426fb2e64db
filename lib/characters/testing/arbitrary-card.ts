import fc from "fast-check";
import { isStorable } from "@/lib/api/storable-text";
import { fieldsOfVersion1 } from "@/lib/characters/parse-card";

/** Cards as any program may have written them: every optional field there or not, unknown ones at every level. */
export function arbitraryCards() {
  const text = fc.string({ unit: "binary", maxLength: 30 }).filter(isStorable);
  const words = fc.array(text, { maxLength: 3 });
  const json = fc
    .jsonValue({ maxDepth: 3, stringUnit: "binary" })
    .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
    .filter((value) => isStorable(JSON.stringify(value)) && !JSON.stringify(value).includes("\\u0000"));
  // As a parser has it, which makes `__proto__` a name like any other.
  const named = fc.oneof(
    { weight: 9, arbitrary: fc.stringMatching(/^[a-z/_]{1,12}$/) },
    fc.constant("__proto__"),
  );
  const extensions = fc
    .array(fc.tuple(named, json), { maxLength: 3 })
    .map((entries): Record<string, unknown> => Object.fromEntries(entries));
  const name = text.filter((value) => value.trim() !== "");

  /** Besides the fields: whatever nobody has named. */
  function withUnknown(known: Record<string, unknown>, unknown: Record<string, unknown>) {
    const added = Object.entries(unknown).map(([key, value]) => [`x_${key}`, value]);
    return { ...Object.fromEntries(added), ...known };
  }

  const version1Data = fc.record({
    ...Object.fromEntries(fieldsOfVersion1.map((field) => [field, text])),
    name,
  });
  const version1 = fc.tuple(version1Data, extensions).map(([data, more]) => withUnknown(data, more));

  function entry(version: 2 | 3) {
    const optional = {
      name: text,
      priority: fc.integer(),
      id: fc.oneof(fc.integer(), text),
      comment: text,
      selective: fc.boolean(),
      secondary_keys: words,
      constant: fc.boolean(),
      position: fc.constantFrom("before_char", "after_char"),
      case_sensitive: fc.option(fc.boolean()),
    };
    const required = {
      keys: words,
      content: text,
      extensions,
      enabled: fc.boolean(),
      insertion_order: fc.integer(),
    };
    const model =
      version === 2 ? { ...required, ...optional } : { ...required, ...optional, use_regex: fc.boolean() };
    const requiredKeys = [...Object.keys(required), ...(version === 3 ? ["use_regex"] : [])];
    return fc
      .tuple(fc.record(model, { requiredKeys: requiredKeys as (keyof typeof model)[] }), extensions)
      .map(([known, more]) => withUnknown(known, more));
  }

  function lorebook(version: 2 | 3) {
    const model = {
      name: text,
      description: text,
      scan_depth: fc.nat(),
      token_budget: fc.nat(),
      recursive_scanning: fc.boolean(),
      extensions,
      entries: fc.array(entry(version), { maxLength: 3 }),
    };
    return fc
      .tuple(fc.record(model, { requiredKeys: ["extensions", "entries"] }), extensions)
      .map(([known, more]) => withUnknown(known, more));
  }

  const fieldsOfVersion2 = {
    description: text,
    personality: text,
    scenario: text,
    first_mes: text,
    mes_example: text,
    creator_notes: text,
    system_prompt: text,
    post_history_instructions: text,
    alternate_greetings: words,
    tags: words,
    creator: text,
    character_version: text,
    extensions,
    name,
  };
  const required2 = Object.keys(fieldsOfVersion2);

  function card(version: 2 | 3) {
    const added = {
      assets: fc.array(fc.record({ type: text, uri: text, name: text, ext: text }), { maxLength: 2 }),
      nickname: text,
      creator_notes_multilingual: fc.dictionary(fc.constantFrom("en", "de"), text),
      source: words,
      creation_date: fc.nat(),
      modification_date: fc.nat(),
    };
    const model = {
      ...fieldsOfVersion2,
      character_book: lorebook(version),
      ...(version === 3 && { ...added, group_only_greetings: words }),
    };
    const requiredKeys = [...required2, ...(version === 3 ? ["group_only_greetings"] : [])];
    const data = fc.record(model, { requiredKeys: requiredKeys as (keyof typeof model)[] });
    return fc.tuple(data, extensions, extensions).map(([known, inside, outside]) =>
      withUnknown(
        {
          spec: `chara_card_v${version}`,
          spec_version: `${version}.0`,
          data: withUnknown(known, inside),
        },
        outside,
      ),
    );
  }

  return { version1, version2: card(2), version3: card(3) };
}
