import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createCharacterStore } from "@/db/character-store";
import { createEventLog } from "@/db/event-log";
import { createProfileStore } from "@/db/profile-store";
import { character, characterAvatar } from "@/db/schema/characters";
import { chat } from "@/db/schema/chats";
import { forEachEngine } from "@/db/testing/engines";
import { ada, bob, failure, setUpStreaming } from "@/db/testing/streaming-core";
import { readCardFile } from "@/lib/characters/card-file";
import { createCharacters } from "@/lib/characters/characters";
import { plainPicture } from "@/lib/characters/png/plain-picture";
import { createLocalBus } from "@/lib/events/local-bus";

const everything = { deleted: false, tags: [], limit: 50 };

forEachEngine((engine) => {
  setUpStreaming(engine);

  function setUp() {
    const store = createCharacterStore(engine.db);
    const characters = createCharacters({ store, bus: createLocalBus() });
    const add = (name: string, more: object = {}, actor = ada) =>
      characters.create(actor, { card: { spec: "chara_card_v2", data: { name, ...more } } });
    return { store, characters, add };
  }

  test("what is stored is the whole card, and what is exported is what came in", async () => {
    const { characters } = setUp();
    const given = {
      spec: "chara_card_v2",
      spec_version: "2.0",
      name: "Old copy",
      unknown: [null, 1e21, "…", { deep: true }],
      data: {
        ...emptyData,
        name: "Ähm “🦊”",
        tags: ["Fox", "fox ", "Forest"],
        character_book: {
          extensions: { x: 1 },
          unknown: 2,
          entries: [
            {
              keys: ["a"],
              content: "b",
              extensions: { y: [] },
              enabled: true,
              insertion_order: 1,
              odd: null,
            },
          ],
        },
      },
    };
    const added = await characters.import(ada, Buffer.from(JSON.stringify(given)));
    expect(added).toMatchObject({ name: "Ähm “🦊”", tags: ["Fox", "Forest"], avatarId: null, version: 1 });
    const { body } = await characters.export(ada, added.id, { format: "json", spec: "v2" });
    expect(JSON.parse(String(body))).toEqual(given);
  });

  test("what happens to a character is told to its person's pages, and to nobody else's", async () => {
    const { characters, add } = setUp();
    const events = createEventLog(engine.db);
    const { id } = await add("Fox");
    const type = "character-changed";
    for (const change of [
      () => characters.change(ada, id, { version: 1, model: "a/one" }),
      () => characters.moveToTrash(ada, id),
      () => characters.restore(ada, id),
    ]) {
      const before = await events.lastSeq(ada.userId);
      await change();
      expect(await events.after(ada.userId, before, 10)).toEqual([
        { seq: before + 1, event: { type, characterId: id } },
      ]);
    }
    await failure(characters.moveToTrash(bob, id));
    await failure(characters.change(ada, id, { version: 1, model: null }));
    expect([await events.lastSeq(ada.userId), await events.lastSeq(bob.userId)]).toEqual([4, 0]);
  });

  test("a card that came in a picture goes out in the same picture", async () => {
    const { characters, add } = setUp();
    const blank = await add("Fox");
    const { body } = await characters.export(ada, blank.id, { format: "png", spec: "v2" });
    const file = body as Uint8Array;
    const added = await characters.import(ada, file);
    expect(added.card).toEqual(blank.card);
    const { mediaType, body: picture } = await characters.avatar(ada, added.id, added.avatarId ?? "");
    expect({ mediaType, picture: Buffer.from(picture) }).toEqual({
      mediaType: "image/png",
      picture: Buffer.from(plainPicture("Fox")),
    });
    const again = await characters.export(ada, added.id, { format: "png", spec: "v2" });
    expect(Buffer.from(again.body as Uint8Array).equals(file)).toBe(true);
  });

  test("a change is refused when somebody was faster, and nothing of it is done", async () => {
    const { characters, add } = setUp();
    const { id, card } = await add("One");
    const change = (name: string) =>
      characters.change(ada, id, { version: 1, card: { ...card, data: { ...card.data, name } } });
    const outcomes = await Promise.allSettled([change("Two"), change("Three")]);
    const refused = outcomes.find(({ status }) => status === "rejected");
    expect(refused).toMatchObject({ reason: { type: "conflict", details: { version: 2 } } });
    const won = outcomes.find(({ status }) => status === "fulfilled");
    expect(await characters.get(ada, id)).toEqual((won as PromiseFulfilledResult<unknown>).value);
  });

  test("copies of version 1 beside the card change with it, where they were the same", async () => {
    const { characters } = setUp();
    const data = { ...emptyData, name: "One", description: "Same" };
    const given = { spec: "chara_card_v2", name: "One", description: "Other", data };
    const { id, card } = await characters.create(ada, { card: given });
    const renamed = { ...card, data: { ...card.data, name: "Two", description: "Changed" } };
    const changed = await characters.change(ada, id, { version: 1, card: renamed });
    expect(changed.card).toMatchObject({ name: "Two", description: "Other", data: { name: "Two" } });
  });

  test("a picture is replaced and taken away, each time at a new address", async () => {
    const { characters, add } = setUp();
    const { id } = await add("One");
    const first = await characters.setAvatar(ada, id, 1, plainPicture("a"));
    const second = await characters.setAvatar(ada, id, 2, plainPicture("b"));
    expect(second.avatarId).not.toBe(first.avatarId);
    expect(await failure(characters.avatar(ada, id, first.avatarId ?? ""))).toMatchObject({
      type: "not_found",
    });
    expect((await characters.removeAvatar(ada, id, 3)).avatarId).toBeNull();
    expect(await engine.db.$count(characterAvatar)).toBe(0);
    expect(await failure(characters.setAvatar(ada, id, 1, plainPicture("c")))).toMatchObject({
      type: "conflict",
    });
  });

  test("the list is by name, in pages that miss nothing, and filtered by text and tags", async () => {
    const { characters, add } = setUp();
    const names = ["Émile", "anna", "Bob", "bob", "Zoë 100%", "Carl_1"];
    for (const name of names)
      await add(name, { tags: name.startsWith("b") ? ["Friend", "quiet"] : ["friend"] });
    await add("Somebody else's", { tags: ["secret"] }, bob);

    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await characters.list(ada, { ...everything, cursor, limit: 2 });
      pages.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(pages.toSorted()).toEqual(names.toSorted());

    const found = async (filter: object) =>
      (await characters.list(ada, { ...everything, ...filter })).items.map(({ name }) => name);
    expect(await found({ q: "BO" })).toEqual(expect.arrayContaining(["Bob", "bob"]));
    expect(await found({ q: "quiet" })).toEqual(["bob"]);
    expect(await found({ q: "100%" })).toEqual(["Zoë 100%"]);
    expect(await found({ q: "l_1" })).toEqual(["Carl_1"]);
    expect(await found({ tags: ["FRIEND", "Quiet"] })).toEqual(["bob"]);
    expect((await characters.list(ada, everything)).tags.map((tag) => tag.toLowerCase())).toEqual([
      "friend",
      "quiet",
    ]);
    expect(await failure(characters.list(ada, { ...everything, cursor: "bad" }))).toMatchObject({
      type: "invalid_request",
    });
  });

  test("what a list says of a character is to be read: its author's notes, or else its description", async () => {
    const { characters, add } = setUp();
    await add("A", { creator_notes: "<div style='x'>By\n\n <b>me</b></div>", description: "No" });
    await add("B", { creator_notes: " ", description: "{{char}} likes {{user}}." });
    const { items } = await characters.list(ada, everything);
    expect(items.map(({ summary }) => summary)).toEqual(["By me", "B likes User."]);
  });

  test("the trash keeps a character until its time is up, and longer where a chat has it", async () => {
    const { characters, add } = setUp();
    const [gone, played] = [await add("Gone"), await add("Played")];
    await engine.db.insert(chat).values({ id: "c", userId: ada.userId, characterId: played.id });
    for (const { id } of [gone, played]) await characters.moveToTrash(ada, id);
    expect((await characters.list(ada, everything)).items).toEqual([]);
    expect((await characters.list(ada, { ...everything, deleted: true })).items).toHaveLength(2);
    expect(await failure(characters.change(ada, gone.id, { version: 1, model: "m" }))).toMatchObject({
      type: "not_found",
    });

    await characters.dropTrash(60_000);
    expect((await characters.restore(ada, gone.id)).deletedAt).toBeNull();
    await characters.moveToTrash(ada, gone.id);
    await engine.db.update(character).set({ deletedAt: sql`now() - interval '1 hour'` });
    await characters.dropTrash(60_000);
    expect((await characters.list(ada, { ...everything, deleted: true })).items.map(({ id }) => id)).toEqual([
      played.id,
    ]);
  });

  test("a copy has everything of the original, and nothing in common with it", async () => {
    const { characters, add } = setUp();
    const { id } = await add("One", { extensions: { depth: 4 } });
    const original = await characters.setAvatar(ada, id, 1, plainPicture("a"));
    const copy = await characters.duplicate(ada, id);
    expect(copy.card).toEqual(original.card);
    expect([copy.id, copy.avatarId]).not.toContain(original.avatarId);
    await characters.removeAvatar(ada, id, 2);
    expect((await characters.avatar(ada, copy.id, copy.avatarId ?? "")).mediaType).toBe("image/png");
  });

  test("somebody else's character does not exist, whatever is asked of it", async () => {
    const { characters, add } = setUp();
    const { id } = await add("One");
    const { avatarId } = await characters.setAvatar(ada, id, 1, plainPicture("a"));
    const version = 2;
    for (const asked of [
      () => characters.get(bob, id),
      () => characters.change(bob, id, { version, model: "m" }),
      () => characters.setAvatar(bob, id, version, plainPicture("b")),
      () => characters.removeAvatar(bob, id, version),
      () => characters.avatar(bob, id, avatarId ?? ""),
      () => characters.duplicate(bob, id),
      () => characters.moveToTrash(bob, id),
      () => characters.restore(bob, id),
      () => characters.export(bob, id, { format: "json", spec: "v3" }),
    ]) {
      expect(await failure(asked())).toMatchObject({ type: "not_found" });
    }
    expect(await characters.get(ada, id)).toMatchObject({ version, deletedAt: null });
  });

  test("a character takes only a profile of the same person", async () => {
    const { characters, add } = setUp();
    const profiles = createProfileStore(engine.db);
    const [own, others] = [
      await profiles.create(ada.userId, { id: "pa", name: "A" }, 10),
      await profiles.create(bob.userId, { id: "pb", name: "B" }, 10),
    ];
    const { id } = await add("One");
    expect(await characters.change(ada, id, { version: 1, profileId: own.id })).toMatchObject({
      profileId: "pa",
    });
    expect(await failure(characters.change(ada, id, { version: 2, profileId: others.id }))).toMatchObject({
      type: "invalid_request",
      details: { field: "profileId" },
    });
    await profiles.remove(ada.userId, own.id);
    expect((await characters.get(ada, id)).profileId).toBeNull();
  });

  test("nobody can have more characters than there may be", async () => {
    const { store } = setUp();
    const { card } = readCardFile(Buffer.from('{"name":"A","description":""}'));
    const create = (id: string) =>
      store.create(ada.userId, { id, card, tags: [], model: null, profileId: null, picture: null }, 2);
    await create("1");
    await create("2");
    expect(await failure(create("3"))).toMatchObject({ type: "too_large", details: { charactersMax: 2 } });
  });
});

const emptyData = {
  name: "",
  description: "",
  personality: "",
  scenario: "",
  first_mes: "",
  mes_example: "",
  creator_notes: "",
  system_prompt: "",
  post_history_instructions: "",
  alternate_greetings: [],
  tags: [] as string[],
  creator: "",
  character_version: "",
  extensions: {},
};
