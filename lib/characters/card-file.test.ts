import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readCardFile, readPicture, writeJsonFile, writePngFile } from "./card-file";
import type { CardProblem } from "./card-problem";
import { cardLimits } from "./limits";
import { fieldsOfVersion1, parseCard } from "./parse-card";
import { withCards } from "./png/card-chunk";
import { type Chunk, readChunks, writeChunks } from "./png/chunks";
import { plainPicture } from "./png/plain-picture";
import { arbitraryCards } from "./testing/arbitrary-card";
import { arbitraryCarelessCards } from "./testing/careless-card";

const { version1, version2, version3 } = arbitraryCards();
const careless = arbitraryCarelessCards();
const picture = plainPicture("Test");
const pixels = readChunks(picture).filter(({ type }) => type === "IDAT");

test("a card of version 1 loses nothing on its way through every form", () => {
  fc.assert(
    fc.property(version1, (given) => {
      const card = readCardFile(bytes(JSON.stringify(given))).card;
      expect({ ...card, ...card.data }).toMatchObject(given);
      for (const file of formsOf(card)) expect(readCardFile(file).card.data).toMatchObject(card.data);
    }),
  );
});

test("what comes in as version 1 goes out as the same version 1, as JSON and as PNG", () => {
  fc.assert(
    fc.property(version1, (given) => {
      const card = readCardFile(bytes(JSON.stringify(given))).card;
      expect(JSON.parse(writeJsonFile(card, "v1"))).toEqual(given);
      expect(readCardFile(writePngFile(card, null, "v1")).card).toEqual(card);
    }),
  );
});

test("fields that a file of version 1 left out go out empty, as the version asks for them, and nothing else is added", () => {
  const given = { name: "Ada", description: "A pilot.", x_other: [1] };
  const card = readCardFile(bytes(JSON.stringify(given))).card;
  const empty = { personality: "", scenario: "", first_mes: "", mes_example: "" };
  expect(JSON.parse(writeJsonFile(card, "v1"))).toEqual({ ...given, ...empty });
});

test("a later card goes out as version 1 with the fields that version 1 has, and is read as that", () => {
  fc.assert(
    fc.property(fc.oneof(version2, version3), (given) => {
      const { data } = readCardFile(bytes(JSON.stringify(given))).card;
      const written = JSON.parse(writeJsonFile(parseCard(given), "v1"));
      const png = readCardFile(writePngFile(parseCard(given), null, "v1")).card;
      expect(written).not.toHaveProperty("spec");
      expect(written).not.toHaveProperty("data");
      for (const field of fieldsOfVersion1) {
        expect(written[field]).toBe(data[field]);
        expect(png.data[field]).toBe(data[field]);
      }
      expect(png.data).toMatchObject({ system_prompt: "", alternate_greetings: [], tags: [] });
    }),
  );
});

test("what comes in as version 2 goes out as the same version 2, as JSON and as PNG", () => {
  fc.assert(
    fc.property(version2, (given) => {
      const card = readCardFile(bytes(JSON.stringify(given))).card;
      expect(JSON.parse(writeJsonFile(card, "v2"))).toEqual(given);
      const again = readCardFile(writePngFile(card, null, "v2")).card;
      expect(again).toEqual(card);
    }),
  );
});

test("what comes in as version 3 goes out as the same version 3, as JSON, as PNG, and by way of version 2", () => {
  fc.assert(
    fc.property(version3, (given) => {
      const card = readCardFile(bytes(JSON.stringify(given))).card;
      expect(JSON.parse(writeJsonFile(card, "v3"))).toEqual(given);
      for (const file of formsOf(card)) expect(readCardFile(file).card).toEqual(card);
    }),
  );
});

test("of what came as null a demanded field goes out empty and an optional one as null, and nothing else is touched", () => {
  fc.assert(
    fc.property(careless.withNulls, ({ given, expected, version }) => {
      const card = readCardFile(bytes(JSON.stringify(given))).card;
      expect(JSON.parse(writeJsonFile(card, version))).toEqual(expected);
      const again = readCardFile(bytes(writeJsonFile(card, version))).card;
      expect(JSON.parse(writeJsonFile(again, version))).toEqual(expected);
      const inPicture = readCardFile(writePngFile(card, null, version)).card;
      expect(JSON.parse(writeJsonFile(inPicture, version))).toEqual(expected);
    }),
  );
});

test("what is of another kind than a version demands is refused and named, and what it leaves optional is kept", () => {
  fc.assert(
    fc.property(careless.withWrongKinds, ({ given, field, isKept, version }) => {
      const read = () => readCardFile(bytes(JSON.stringify(given))).card;
      if (isKept) expect(JSON.parse(writeJsonFile(read(), version))).toEqual(given);
      else {
        const details = { problem: "not_a_card", field: expect.stringMatching(field) };
        expect(read).toThrow(expect.objectContaining({ details: expect.objectContaining(details) }));
      }
    }),
  );
});

test("what version 3 demands is there when version 2 goes out as version 3", () => {
  const entries = [{ keys: ["a"], content: "b" }];
  const given = { spec: "chara_card_v2", data: { name: "A", character_book: { entries } } };
  expect(JSON.parse(writeJsonFile(parseCard(given), "v3"))).toMatchObject({
    spec: "chara_card_v3",
    spec_version: "3.0",
    data: {
      group_only_greetings: [],
      character_book: { extensions: {}, entries: [{ use_regex: false, enabled: true, insertion_order: 0 }] },
    },
  });
});

test("version 3 goes before version 2, and of several of one version the last counts", () => {
  const file = withChunks([
    textual("ccv3", named("Older")),
    textual("ccv3", named("Third")),
    textual("chara", named("Second")),
  ]);
  expect(readCardFile(file).card.data.name).toBe("Third");
});

test("the picture is kept as it was, without the card, and a card that is written takes the place of others", () => {
  const other: Chunk = { type: "tEXt", data: bytes("Software\0Something") };
  const file = withChunks([textual("chara", named("One")), other]);
  const kept = readPicture(file);
  expect(readChunks(kept.body).map(({ type }) => type)).toEqual(["IHDR", "PLTE", "IDAT", "tEXt", "IEND"]);
  const written = writePngFile(parseCard(named("Two")), { mediaType: "image/png", body: file }, "v3");
  const chunks = readChunks(written);
  expect(chunks.filter(({ type }) => type === "tEXt")).toHaveLength(3);
  expect(chunks.filter(({ type }) => type === "IDAT")).toEqual(pixels);
  expect(readCardFile(written).card.data.name).toBe("Two");
});

test("a card in a compressed or an international text is read as well", () => {
  const base64 = bytes(encoded(named("Packed")));
  const packed = deflateSync(base64);
  for (const chunk of [
    { type: "zTXt", data: Buffer.concat([bytes("chara\0\0"), packed]) },
    { type: "iTXt", data: Buffer.concat([bytes("chara\0\0\0en\0Karte\0"), base64]) },
    { type: "iTXt", data: Buffer.concat([bytes("chara\0\u0001\0en\0\0"), packed]) },
  ]) {
    expect(readCardFile(withChunks([chunk])).card.data.name).toBe("Packed");
  }
});

test("a card is read with a byte order mark, without a version, and whatever follows its picture", () => {
  const mark = Buffer.of(0xef, 0xbb, 0xbf);
  const unversioned = { spec: "chara_card_v2", data: { name: "One" } };
  const marked = Buffer.concat([mark, bytes(JSON.stringify(unversioned))]);
  expect(readCardFile(marked).card.data.name).toBe("One");
  const inPicture = withChunks([raw("chara", marked.toString("base64"))]);
  const followed = Buffer.concat([inPicture, bytes("anything else")]);
  expect(readCardFile(followed).card).toMatchObject({ spec_version: "3.0", data: { name: "One" } });
});

test("the world that SillyTavern names is kept, and entries by name become a list that says the names", () => {
  const entries = { "7": { keys: ["a"], content: "b" }, "2": { id: 5, keys: [], content: "c" } };
  const data = { name: "A", extensions: { world: "Wood" }, character_book: { name: "Wood", entries } };
  const { card } = readCardFile(bytes(JSON.stringify({ spec: "chara_card_v2", data })));
  expect(card.data).toMatchObject({
    extensions: { world: "Wood" },
    character_book: {
      name: "Wood",
      entries: [
        { id: 5, content: "c" },
        { id: "7", keys: ["a"], content: "b" },
      ],
    },
  });
});

test("entries as SillyTavern has them in files of their own are those of a card", () => {
  const world = {
    uid: 3,
    key: ["a"],
    keysecondary: ["b"],
    content: "c",
    order: 9,
    disable: true,
    position: 0,
  };
  const data = { name: "A", character_book: { entries: { "3": world } } };
  const { card } = readCardFile(bytes(JSON.stringify({ spec: "chara_card_v2", data })));
  expect(card.data.character_book?.entries).toMatchObject([
    {
      id: 3,
      keys: ["a"],
      secondary_keys: ["b"],
      insertion_order: 9,
      enabled: false,
      position: "before_char",
    },
  ]);
});

test("what follows the end of a picture is not kept", () => {
  const file = Buffer.concat([withChunks([textual("chara", named("One"))]), bytes("<script>")]);
  expect(Buffer.from(readPicture(file).body).includes("<script>")).toBe(false);
});

const tooLong = cardLimits.textBytesMax + 1;

test.each<[CardProblem, string, () => Uint8Array]>([
  ["bad_signature", "line ends changed on the way", () => replaced(picture, 4, [0x0a, 0x0a])],
  ["unknown_format", "text", () => bytes("Once upon a time")],
  ["unknown_format", "nothing", () => new Uint8Array()],
  ["charx", "a zip", () => bytes("PK\u0003\u0004")],
  ["no_card", "a picture alone", () => picture],
  ["broken_chunk", "cut off", () => withCards(picture, { chara: "{}" }).subarray(0, -20)],
  ["broken_chunk", "no header", () => writeChunks([{ type: "IEND", data: new Uint8Array() }])],
  ["broken_chunk", "a type that is none", () => withChunks([{ type: "a1b2", data: new Uint8Array() }])],
  ["wrong_crc", "a changed byte", () => replaced(withCards(picture, { chara: "{}" }), -30, [0x41])],
  ["oversized_chunk", "a length of 8 MB and one", () => withLength(cardLimits.chunkBytesMax + 1)],
  ["too_many_chunks", "1,001 texts", () => withChunks(Array.from({ length: 1_001 }, () => textual("a", {})))],
  ["bad_base64", "a letter that is none", () => withChunks([raw("chara", "e30*")])],
  ["bad_base64", "no padding", () => withChunks([raw("chara", "e30")])],
  ["bad_compression", "no zlib", () => withChunks([{ type: "zTXt", data: bytes("chara\0\0nothing") }])],
  ["text_too_large", "a bomb", () => withChunks([bomb()])],
  ["text_too_large", "JSON", () => bytes(`{"name":"${"x".repeat(tooLong)}"}`)],
  ["bad_text", "no UTF-8", () => withChunks([raw("chara", Buffer.of(0x22, 0xff, 0x22).toString("base64"))])],
  ["bad_text", "a NUL", () => bytes('{"name":"a\\u0000b","description":""}')],
  ["bad_json", "broken off", () => withChunks([raw("chara", bytes('{"name":').toString("base64"))])],
  ["not_a_card", "a list", () => bytes("[]")],
  ["not_a_card", "something else", () => bytes('{"name":"package","version":"1"}')],
  ["not_a_card", "another specification", () => bytes('{"spec":"persona_v1","data":{"name":"A"}}')],
  ["lorebook_alone", "a lorebook of version 3", () => bytes('{"spec":"lorebook_v3","data":{"entries":[]}}')],
  ["lorebook_alone", "world info", () => bytes('{"entries":{"0":{"key":["a"],"content":"b"}}}')],
  ["picture_without_card", "WebP", () => bytes("RIFF\0\0\0\0WEBPVP8X")],
  ["picture_without_card", "JPEG", () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
  ["picture_without_card", "GIF", () => bytes("GIF89a")],
  ["not_a_card", "no name", () => bytes('{"spec":"chara_card_v2","data":{"name":" "}}')],
  [
    "not_a_card",
    "tags that are no list",
    () => bytes('{"spec":"chara_card_v2","data":{"name":"A","tags":{}}}'),
  ],
  ["too_deep", "nested", () => bytes(`{"name":"A","x":${"[".repeat(5_000)}${"]".repeat(5_000)}}`)],
  ["picture_too_large", "by its header", () => withSize(4_097)],
  ["file_too_large", "a byte more than any export has", () => Buffer.alloc(cardLimits.fileBytesMax + 1)],
])("a bad file says what is wrong: %s (%s)", (problem, _, file) => {
  expect(problemOf(() => readCardFile(file()))).toBe(problem);
});

test("the field at fault is named", () => {
  const given = { spec: "chara_card_v2", data: { name: "A", character_book: { entries: [{ keys: "a" }] } } };
  expect(() => parseCard(given)).toThrow(
    expect.objectContaining({
      details: {
        problem: "not_a_card",
        field: "data.character_book.entries.0.keys",
        reason: "is no array",
      },
    }),
  );
});

test.each([
  ["", '{"spec":"chara_card_v3","data":{"name":"A"},"__proto__":1}'],
  ["", '{"name":"A","description":"","__proto__":{"name":"B"}}'],
  ["data", '{"spec":"chara_card_v3","data":{"name":"A","__proto__":{"tags":["x"]}}}'],
  [
    "data.character_book",
    '{"spec":"chara_card_v3","data":{"name":"A","character_book":{"entries":[],"__proto__":{}}}}',
  ],
  [
    "data.character_book.entries.1",
    '{"spec":"chara_card_v3","data":{"name":"A","character_book":{"entries":[{},{"__proto__":{}}]}}}',
  ],
])("what could not be kept is not lost in silence: a field __proto__ (%s)", (at, json) => {
  expect(() => readCardFile(bytes(json))).toThrow(
    expect.objectContaining({
      details: {
        problem: "not_a_card",
        field: at === "" ? "__proto__" : `${at}.__proto__`,
        reason: "is a name that cannot be kept",
      },
    }),
  );
});

test("in the extensions, which are kept as they are, a field __proto__ is one like any other", () => {
  const json = '{"name":"A","tags":[],"extensions":{"__proto__":{"isAdmin":true}}}';
  const { card } = readCardFile(bytes(`{"spec":"chara_card_v3","data":${json}}`));
  for (const file of formsOf(card)) {
    const { extensions } = readCardFile(file).card.data;
    expect(Object.getPrototypeOf(extensions)).toBe(Object.prototype);
    expect(JSON.stringify(extensions)).toBe('{"__proto__":{"isAdmin":true}}');
  }
});

test("no file whatever brings down the reader", () => {
  const valid = Buffer.from(withChunks([textual("chara", named("One"))]));
  fc.assert(
    fc.property(fc.nat(valid.length - 1), fc.uint8Array({ maxLength: 8 }), (at, noise) => {
      const file = Buffer.from(valid);
      file.set(noise.subarray(0, file.length - at), at);
      const problem = problemOf(() => readCardFile(file));
      expect([null, "string"]).toContain(problem === null ? null : typeof problem);
    }),
  );
});

function formsOf(card: ReturnType<typeof parseCard>): Uint8Array[] {
  return (["v2", "v3"] as const).flatMap((version) => [
    bytes(writeJsonFile(card, version)),
    writePngFile(card, null, version),
  ]);
}

function problemOf(read: () => unknown): unknown {
  try {
    read();
    return null;
  } catch (error) {
    return (error as { details: { problem: unknown } }).details.problem;
  }
}

function named(name: string) {
  return { spec: "chara_card_v2", spec_version: "2.0", data: { name } };
}

function bytes(text: string): Buffer<ArrayBuffer> {
  return Buffer.from(text, "utf8");
}

function encoded(json: unknown): string {
  return bytes(JSON.stringify(json)).toString("base64");
}

function raw(keyword: string, text: string): Chunk {
  return { type: "tEXt", data: bytes(`${keyword}\0${text}`) };
}

function textual(keyword: string, json: unknown): Chunk {
  return raw(keyword, encoded(json));
}

function bomb(): Chunk {
  return { type: "zTXt", data: Buffer.concat([bytes("chara\0\0"), deflateSync(Buffer.alloc(30_000_000))]) };
}

/** Before the end, where a program would put them. */
function withChunks(added: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const chunks = readChunks(picture);
  return writeChunks([...chunks.slice(0, -1), ...added, ...chunks.slice(-1)]);
}

function replaced(file: Uint8Array, at: number, values: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(file);
  copy.set(values, at < 0 ? copy.length + at : at);
  return copy;
}

function withLength(length: number): Uint8Array {
  const claimed = Buffer.alloc(12);
  claimed.writeUInt32BE(length);
  claimed.write("tEXt", 4, "latin1");
  return Buffer.concat([picture.subarray(0, 33), claimed]);
}

function withSize(width: number): Uint8Array {
  const file = Buffer.from(withCards(picture, { chara: JSON.stringify(named("Wide")) }));
  file.writeUInt32BE(width, 16);
  file.writeUInt32BE(crc32(file.subarray(12, 29)), 29);
  return file;
}
