import { randomFillSync } from "node:crypto";
import { expect, test } from "vitest";
import type { Actor } from "@/lib/accounts/actor";
import type { Card } from "./card";
import type { ExportedCard } from "./characters";
import { cardLimits } from "./limits";
import { parseCard } from "./parse-card";
import { type Chunk, readChunks, writeChunks } from "./png/chunks";
import { plainPicture } from "./png/plain-picture";
import { charactersInMemory } from "./testing/characters-in-memory";
import { readLorebookFile } from "./world-info/lorebook-file";
import { writeCard } from "./write-card";

const ada: Actor = { userId: "ada", isGuest: false, isAdministrator: false };
const { textBytesMax, pictureBytesMax, loreEntriesMax, chunksMax, chunkBytesMax } = cardLimits;

test("the largest card in the largest picture goes out and comes in again, byte by byte", async () => {
  const characters = charactersInMemory();
  const card = cardOf(textBytesMax);
  const picture = pictureOf(pictureBytesMax);
  const { id } = await characters.create(ada, { card });
  const { avatarId } = await characters.setAvatar(ada, id, 1, picture);
  const before = await characters.avatar(ada, id, avatarId ?? "");
  for (const spec of ["v2", "v3"] as const) {
    for (const format of ["png", "json"] as const) {
      const again = await characters.import(ada, bytes(await characters.export(ada, id, { format, spec })));
      expect(again.card).toEqual(parseCard(card));
      if (format === "json") continue;
      const { body } = await characters.avatar(ada, again.id, again.avatarId ?? "");
      expect(Buffer.compare(body, before.body)).toBe(0);
      expect(Buffer.compare(body, picture)).toBe(0);
    }
  }
});

test("a card that is a byte larger is refused as such, whichever way it comes, and nothing is changed", async () => {
  const characters = charactersInMemory();
  const small = await characters.create(ada, { card: cardOf(1_000) });
  const card = cardOf(textBytesMax + 1);
  const tooLarge = refusal("text_too_large", textBytesMax);
  await expect(characters.create(ada, { card })).rejects.toMatchObject(tooLarge);
  await expect(characters.change(ada, small.id, { version: 1, card })).rejects.toMatchObject(tooLarge);
  const { spec: _, ...unversioned } = card;
  const shorter = Buffer.from(JSON.stringify(unversioned));
  expect(shorter.length).toBeLessThan(textBytesMax);
  await expect(characters.import(ada, shorter)).rejects.toMatchObject(tooLarge);
  expect(await characters.get(ada, small.id)).toEqual(small);
});

test("a picture that is a byte larger is refused as such, with a card in it or without", async () => {
  const characters = charactersInMemory();
  const { id } = await characters.create(ada, { card: cardOf(1_000) });
  const tooLarge = refusal("picture_file_too_large", pictureBytesMax);
  const picture = pictureOf(pictureBytesMax + 1);
  await expect(characters.setAvatar(ada, id, 1, picture)).rejects.toMatchObject(tooLarge);
  const jpeg = Buffer.alloc(pictureBytesMax + 1);
  jpeg.set([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 9, 0, 9]);
  await expect(characters.setAvatar(ada, id, 1, jpeg)).rejects.toMatchObject(tooLarge);
  const text = Buffer.from(JSON.stringify(cardOf(1_000))).toString("base64");
  const withCard = writeChunks([
    ...readChunks(picture).slice(0, -1),
    { type: "tEXt", data: Buffer.from(`chara\0${text}`) },
    end,
  ]);
  await expect(characters.import(ada, withCard)).rejects.toMatchObject(tooLarge);
});

test("a picture of as many parts as are allowed has room for the card", async () => {
  const characters = charactersInMemory();
  const { id } = await characters.create(ada, { card: cardOf(1_000) });
  const parts = (count: number) => {
    const texts = Array.from({ length: count - 3 }, () => ({ type: "tEXt", data: Buffer.from("a\0b") }));
    return writeChunks([...readChunks(plainPicture("A")).slice(0, -1), ...texts, end]);
  };
  await characters.setAvatar(ada, id, 1, parts(chunksMax));
  const file = bytes(await characters.export(ada, id, { format: "png", spec: "v3" }));
  expect((await characters.import(ada, file)).avatarId).not.toBeNull();
  await expect(characters.setAvatar(ada, id, 2, parts(chunksMax + 1))).rejects.toMatchObject({
    details: { problem: "too_many_chunks" },
  });
});

test("a card is as large as what it says, and not as what indents it", async () => {
  const characters = charactersInMemory();
  const deep = `${'{"a":'.repeat(40)}[${"1,".repeat(100_000)}1]${"}".repeat(40)}`;
  const file = Buffer.from(
    `{"spec":"chara_card_v3","data":{"name":"A","group_only_greetings":[],"x":${deep}}}`,
  );
  const { id, card } = await characters.import(ada, file);
  const written = bytes(await characters.export(ada, id, { format: "json", spec: "v3" }));
  expect((await characters.import(ada, written)).card).toEqual(card);
});

test("a lorebook of as many entries as are allowed comes in again as the world info that went out", async () => {
  const characters = charactersInMemory();
  const entries = Array.from({ length: loreEntriesMax }, (_, id) => ({
    id,
    keys: ["/".repeat(300)],
    content: "x".repeat(300),
    use_regex: true,
  }));
  const data = { name: "A", character_book: { entries } };
  const { id } = await characters.create(ada, { card: { spec: "chara_card_v3", data } });
  const written = bytes(await characters.exportLorebook(ada, id));
  expect(written.length).toBeGreaterThan(textBytesMax);
  expect(readLorebookFile(written).entries.map(({ content }) => content)).toEqual(
    entries.map(({ content }) => content),
  );
});

test("what lies deeper here than in the file that it came in can go out as well", async () => {
  const characters = charactersInMemory();
  const fileOf = (depth: number) => {
    const deep = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
    const entry = `{"uid":0,"key":["a"],"content":"b","other":${deep}}`;
    const book = `{"entries":{"0":${entry}}}`;
    const data = `{"name":"A","group_only_greetings":[],"character_book":${book}}`;
    return Buffer.from(`{"spec":"chara_card_v3","data":${data}}`);
  };
  const deepest = cardLimits.depthMax - 7;
  const { id, card } = await characters.import(ada, fileOf(deepest));
  const written = bytes(await characters.export(ada, id, { format: "json", spec: "v3" }));
  expect((await characters.import(ada, written)).card).toEqual(card);
  await expect(characters.import(ada, fileOf(deepest + 1))).rejects.toMatchObject({
    details: { problem: "too_deep" },
  });
});

const end: Chunk = { type: "IEND", data: new Uint8Array() };

/** Of exactly so many bytes as version 3, most of them in fields that nobody has named. */
function cardOf(size: number): Card {
  const empty = writeCard(
    parseCard({ spec: "chara_card_v3", data: { name: "Ähm", x_kept: { other: "" } } }),
    "v3",
  );
  const filler = "x".repeat(size - Buffer.byteLength(JSON.stringify(empty)));
  const card = parseCard({ ...empty, data: { ...Object(empty.data), x_kept: { other: filler } } });
  expect(Buffer.byteLength(JSON.stringify(card))).toBe(size);
  return card;
}

/** A PNG of exactly so many bytes; what its pixels say is nobody's business here. */
function pictureOf(size: number): Uint8Array<ArrayBuffer> {
  const [header, ...rest] = readChunks(plainPicture("A"));
  if (!header) throw new Error("a PNG begins with its header");
  const chunks = [header, ...rest.filter(({ type }) => type === "PLTE")];
  const left = () => size - writeChunks([...chunks, end]).length;
  while (left() > 12) {
    const length = Math.min(chunkBytesMax, left() - 12);
    chunks.push({ type: "IDAT", data: randomFillSync(new Uint8Array(length)) });
  }
  const file = writeChunks([...chunks, end]);
  expect(file.length).toBe(size);
  return file;
}

function refusal(problem: string, bytesMax: number) {
  return { type: "too_large", details: { problem, bytesMax } };
}

function bytes({ body }: ExportedCard): Uint8Array {
  return typeof body === "string" ? Buffer.from(body) : body;
}
