import { expect, test } from "vitest";
import { createCastStore } from "@/db/cast-store";
import { createCharacterStore } from "@/db/character-store";
import { createProfileStore } from "@/db/profile-store";
import { createSettingsStore } from "@/db/settings-store";
import { forEachEngine } from "@/db/testing/engines";
import { createScriptedProvider, finish, text } from "@/db/testing/scripted-provider";
import { ada, ask, bob, failure, options, setUpStreaming } from "@/db/testing/streaming-core";
import { createTreeStore } from "@/db/tree-store";
import { createCasts } from "@/lib/characters/cast";
import { createCharacters } from "@/lib/characters/characters";
import { createChats } from "@/lib/chats/chats";
import { createId } from "@/lib/chats/id";
import { textOf } from "@/lib/chats/part";
import { createLocalBus } from "@/lib/events/local-bus";
import { directoryOf } from "@/lib/models/testing/directory-of";

const fox = {
  spec: "chara_card_v3",
  data: {
    name: "Reynard",
    nickname: "Rey",
    first_mes: "I am {{char}}, {{User}}.{{// a note}}",
    alternate_greetings: ["<BOT> nods to <user>.", "  ", "No names."],
  },
};

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  async function setUp() {
    const {
      streaming,
      model,
      chats: store,
    } = core({}, createScriptedProvider(["scripted/model", "acme/one"]));
    const bus = createLocalBus();
    const casts = createCasts({ store: createCastStore(engine.db), bus });
    const { progressOf, partsOf, stop } = streaming;
    const models = directoryOf(model);
    const settings = createSettingsStore(engine.db);
    const chats = createChats({ store, models, casts, settings, bus, progressOf, partsOf, stop });
    const characters = createCharacters({ store: createCharacterStore(engine.db), bus });
    const { id: characterId } = await characters.create(ada, { card: fox, model: "scripted/model" });
    return { streaming, model, chats, characters, characterId };
  }

  test("a chat with a character begins with its first message, and the alternates beside it", async () => {
    const { chats, characterId } = await setUp();
    await createProfileStore(engine.db).create(ada.userId, { id: "p", name: "Ada" }, 10);
    const chat = await chats.begin(ada, { characterId });
    expect(chat).toMatchObject({ title: "Rey", model: "scripted/model", characterId, profileId: null });
    const { items, forks } = await chats.messages(ada, chat.id, { limit: 10 });
    expect(items.map(({ parts }) => textOf(parts))).toEqual([
      "I am Rey, Ada.",
      "Rey nods to Ada.",
      "No names.",
    ]);
    expect(
      items.every(({ role, parentId, status }) => role === "assistant" && !parentId && status === "complete"),
    ).toBe(true);
    expect(chat.leafMessageId).toBe(items[0]?.id);
    expect(forks).toEqual([{ parentId: null, messageIds: items.map(({ id }) => id) }]);
  });

  test("the version that is shown is the one that the conversation goes on from", async () => {
    const { chats, characterId, streaming, model } = await setUp();
    const { id } = await chats.begin(ada, { characterId });
    const { items } = await chats.messages(ada, id, { limit: 10 });
    const messageId = items[1]?.id ?? "";
    await createTreeStore(engine.db).show({ userId: ada.userId, chatId: id, messageId });
    const { done } = await streaming.send(ada, ask(id, "u1", "Hello"), options());
    model.play(text("Hi"), finish());
    await done;
    const path = await chats.messages(ada, id, { limit: 10, path: "active" });
    expect(path.items.map(({ parts }) => textOf(parts))).toEqual(["Rey nods to User.", "Hello", "Hi"]);
    expect(model.requests.at(-1)?.messages).toEqual([
      { role: "assistant", text: "Rey nods to User." },
      { role: "user", text: "Hello" },
    ]);
  });

  test("the same request again begins no second chat and no second first message", async () => {
    const { chats, characterId } = await setUp();
    const id = createId();
    const [one, two] = await Promise.all([
      chats.begin(ada, { id, characterId }),
      chats.begin(ada, { id, characterId }),
    ]);
    expect(one.leafMessageId).toBe(two.leafMessageId);
    expect((await chats.messages(ada, id, { limit: 10 })).items).toHaveLength(3);
    expect(await failure(chats.begin(bob, { id }))).toMatchObject({ type: "not_found" });
  });

  test("a chat takes only a character and a profile of the same person", async () => {
    const { chats, characterId } = await setUp();
    const refused = { type: "invalid_request", details: { field: "characterId" } };
    expect(await failure(chats.begin(bob, { characterId }))).toMatchObject(refused);
    const { id } = await chats.begin(bob, {});
    expect(await failure(chats.update(bob, id, { characterId }))).toMatchObject(refused);
    expect(await failure(chats.update(bob, id, { profileId: "p" }))).toMatchObject({
      details: { field: "profileId" },
    });
    const own = await chats.begin(ada, {});
    expect(await chats.update(ada, own.id, { characterId })).toMatchObject({ characterId });
    expect(await chats.update(ada, own.id, { characterId: null })).toMatchObject({ characterId: null });
  });

  test("a chat that began without a question is named by its first one", async () => {
    const { chats, streaming, model } = await setUp();
    const { id, title } = await chats.begin(ada, {});
    expect(title).toBeNull();
    const { done } = await streaming.send(ada, ask(id, "u1", "What is this?"), options());
    model.play(text("It"), finish());
    await done;
    expect((await chats.get(ada, id)).title).toBe("What is this?");
  });
});
