import { createHash } from "node:crypto";
import { ask, failureIn } from "@/e2e/ask";
import { cardPng, foxCard, pngOf, pngWithText, woodWorld } from "@/e2e/card-files";
import { callsOf, expect, promptOf, test } from "@/e2e/fixtures";
import { nobody, type Person, signInAsGuest } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import {
  changeCharacter,
  checkCard,
  createCharacter,
  deleteCharacter,
  duplicateCharacter,
  getCharacter,
  importCharacter,
  listCharacters,
  readLorebook,
  restoreCharacter,
} from "@/lib/api/characters";
import { createChat, getChat, listMessages, updateChat } from "@/lib/api/chats";
import { showMessage } from "@/lib/api/messages";
import { changeProfile, createProfile, deleteProfile, listProfiles } from "@/lib/api/profiles";
import { getPrompt, previewPrompt } from "@/lib/api/prompts";
import { textOf } from "@/lib/chats/part";

test("what was imported is exported as it came in, as JSON and as PNG", async ({ person }) => {
  for (const file of [cardPng(foxCard), Buffer.from(JSON.stringify(foxCard))]) {
    const { id } = await imported(person, file);
    const json = await exported(person, id, "json", "v2");
    expect(JSON.parse(json.toString())).toEqual(foxCard);
    const again = await imported(person, await exported(person, id, "png", "v2"));
    expect(JSON.parse((await exported(person, again.id, "json", "v2")).toString())).toEqual(foxCard);
  }
});

test("a card is taken from a form too", async ({ person }) => {
  const form = new FormData();
  form.append("note", "a field of the form");
  form.append("file", new File([cardPng(foxCard)], "fox.png", { type: "image/png" }));
  const response = await fetch(`${person.origin}/api/characters/import`, {
    method: "POST",
    headers: { Cookie: person.cookie, Origin: person.origin },
    body: form,
  });
  expect(importCharacter.answer.parse(await response.json())).toMatchObject({ name: "Reynard" });
});

test("a bad file is refused with what is wrong, and nothing is added", async ({ person }) => {
  const good = cardPng(foxCard);
  const files: [string, number, Buffer][] = [
    ["bad_signature", 400, Buffer.concat([good.subarray(0, 4), Buffer.from("\n"), good.subarray(6)])],
    ["wrong_crc", 400, Buffer.concat([good.subarray(0, -40), Buffer.from("!"), good.subarray(-39)])],
    ["broken_chunk", 400, good.subarray(0, -30)],
    ["no_card", 400, pngWithText("Software", "none")],
    ["bad_base64", 400, pngWithText("chara", "{}")],
    ["bad_json", 400, pngWithText("ccv3", Buffer.from("{").toString("base64"))],
    ["not_a_card", 400, Buffer.from('{"spec":"chara_card_v2","data":{}}')],
    ["charx", 415, Buffer.from("PK\u0003\u0004rest")],
    ["unknown_format", 415, Buffer.from("Once upon a time")],
    ["picture_without_card", 415, Buffer.from("GIF89a")],
    ["lorebook_alone", 400, Buffer.from(JSON.stringify(woodWorld))],
    ["text_too_large", 413, Buffer.from(`{"name":"${"x".repeat(4 * 1024 * 1024)}"}`)],
  ];
  for (const [problem, status, file] of files) {
    const failure = await failureIn(await send(person, "/api/characters/import", file));
    expect(failure, problem).toMatchObject({ status, details: { problem } });
  }
  const huge = await failureIn(await send(person, "/api/characters/import", Buffer.alloc(32 * 1024 * 1024)));
  expect(huge).toMatchObject({ status: 413, type: "too_large" });
  expect(await failureIn(await send(person, "/api/characters/import", Buffer.alloc(0)))).toMatchObject({
    status: 400,
  });
  expect((await person.call(listCharacters)).items).toEqual([]);
});

test("the largest file that goes out comes in again", async ({ person }) => {
  const card = { ...foxCard, data: { ...foxCard.data, x_large: "x".repeat(4_190_000) } };
  const { id } = await person.call(createCharacter, { body: { card } });
  const large = await send(person, `/api/characters/${id}/avatar?version=1`, pngOf(20 * 1024 * 1024));
  expect(large.status).toBe(200);
  const file = await exported(person, id, "png", "v3");
  expect(file.length).toBeGreaterThan(30 * 1024 * 1024);
  const again = await imported(person, file);
  const [first, second] = [
    await exported(person, id, "json", "v3"),
    await exported(person, again.id, "json", "v3"),
  ];
  expect(Buffer.compare(first, second)).toBe(0);
  const { avatarId } = await person.call(getCharacter, { params: { characterId: id } });
  const picture = await pictureAt(person, `${id}/avatar/${avatarId}`);
  expect(Buffer.compare(picture, await pictureAt(person, `${again.id}/avatar/${again.avatarId}`))).toBe(0);
  expect(picture).toHaveLength(20 * 1024 * 1024);

  const larger = pngOf(20 * 1024 * 1024 + 1);
  expect(await failureIn(await send(person, `/api/characters/${id}/avatar?version=2`, larger))).toMatchObject(
    {
      status: 413,
      details: { problem: "picture_file_too_large", bytesMax: 20 * 1024 * 1024 },
    },
  );
  card.data.x_large += "x".repeat(10_000);
  const body = { version: 2, card };
  expect(await failureIn(await person.request("PATCH", `/api/characters/${id}`, { body }))).toMatchObject({
    status: 413,
    details: { problem: "text_too_large", bytesMax: 4 * 1024 * 1024 },
  });
});

test("a picture is served as what it is, to its owner alone, and cannot do anything", async ({
  app,
  person,
}) => {
  const { id, avatarId } = await imported(person, cardPng(foxCard));
  const path = `/api/characters/${id}/avatar/${avatarId}`;
  const response = await person.request("GET", path);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox"),
    "cache-control": "private, max-age=31536000, immutable",
  });
  expect(Buffer.from(await response.arrayBuffer()).includes("chara")).toBe(false);
  expect((await (await signInAsGuest(app.url)).request("GET", path)).status).toBe(404);
  expect((await nobody(app.url).request("GET", path)).status).toBe(401);

  const html = Buffer.from("<html><script>alert(1)</script></html>");
  const failure = await failureIn(await send(person, `/api/characters/${id}/avatar?version=1`, html));
  expect(failure).toMatchObject({ status: 415, details: { problem: "unknown_format" } });
});

test("of two changes of one version the second is refused and told which version there is", async ({
  person,
}) => {
  const { id, card } = await imported(person, cardPng(foxCard));
  const body = { version: 1, card: { ...card, data: { ...card.data, name: "Renart" } } };
  const changed = await person.call(changeCharacter, { params: { characterId: id }, body });
  expect(changed).toMatchObject({ name: "Renart", version: 2 });
  const late = await failureIn(await person.request("PATCH", `/api/characters/${id}`, { body }));
  expect(late).toMatchObject({ status: 409, type: "conflict", details: { version: 2 } });
  expect(await person.call(getCharacter, { params: { characterId: id } })).toEqual(changed);
});

test("characters are listed, filtered, copied, deleted and brought back", async ({ person }) => {
  const { id } = await imported(person, cardPng(foxCard));
  await person.call(createCharacter, { body: { card: { name: "Bear", description: "Big" } } });
  const names = async (query = {}) =>
    (await person.call(listCharacters, { query })).items.map(({ name }) => name);
  expect(await names()).toEqual(["Bear", "Reynard"]);
  expect(await names({ q: "fab" })).toEqual(["Reynard"]);
  expect(await names({ tags: "fox, FABLE" })).toEqual(["Reynard"]);
  const copy = await person.call(duplicateCharacter, { params: { characterId: id }, body: {} });
  expect(copy.avatarId).not.toBeNull();
  await person.call(deleteCharacter, { params: { characterId: id } });
  expect(await names()).toEqual(["Bear", "Reynard"]);
  expect(await names({ deleted: true })).toEqual(["Reynard"]);
  await person.call(restoreCharacter, { params: { characterId: id }, body: {} });
  expect(await names()).toEqual(["Bear", "Reynard", "Reynard"]);
});

test("a chat begins with the character's first message, and goes on from the version that is shown", async ({
  person,
}) => {
  await person.call(createProfile, { body: { name: "Ada", description: "Tall" } });
  const { id: characterId } = await imported(person, cardPng(foxCard));
  const body = { id: "with-a-fox", characterId };
  const chat = await person.call(createChat, { body });
  expect(await person.call(createChat, { body })).toEqual(chat);
  expect(chat).toMatchObject({ title: "Reynard", characterId });
  const params = { chatId: chat.id };
  const { items, forks } = await person.call(listMessages, { params });
  expect(items.map(({ parts }) => textOf(parts).slice(0, 45))).toEqual([
    "*Reynard looks up.* Good evening, Ada. <img s",
    "Oh. Ada.",
    "You again.",
  ]);
  expect(forks).toHaveLength(1);
  const messageId = items[1]?.id ?? "";
  await person.call(showMessage, { params: { ...params, messageId }, body: {} });
  await readStream((await ask(person, "Hello [[tokens=2]]", { chatId: chat.id })).response);
  const path = await person.call(listMessages, { params, query: { path: "active" } });
  expect(path.items.map(({ role }) => role)).toEqual(["assistant", "user", "assistant"]);
  expect(path.items[0]?.id).toBe(messageId);
});

test("from a card in a PNG to a question whose prompt the provider receives as it was previewed, to the byte", async ({
  person,
  model,
}) => {
  await person.call(createProfile, { body: { name: "Ada", description: "{{user}} is tall." } });
  const { id: characterId } = await imported(person, cardPng(foxCard));
  const { id: chatId } = await person.call(createChat, { body: { characterId } });
  const question = "Where is your den? [[tokens=3]]";
  const preview = await person.call(previewPrompt, { body: { id: chatId, text: question } });
  await readStream((await ask(person, question, { chatId })).response);
  const received = callsOf(model, chatId).at(-1);
  expect(digestOf(preview.request)).toBe(received?.digest);
  const [system, first, last] = promptOf(received);
  expect(system?.text).toContain("Reynard is a fox who talks to Ada.");
  expect(system?.text).toContain("The den is under the oak.");
  expect(system?.text).toContain("Ada is tall.");
  expect(first).toMatchObject({ role: "assistant", text: expect.stringContaining("Good evening, Ada.") });
  expect(last).toMatchObject({ role: "user", text: question });
});

test("a lorebook from a file of SillyTavern's is told as the preview says, to the byte, and goes out as it came", async ({
  person,
  model,
}) => {
  const file = Buffer.from(JSON.stringify(woodWorld));
  const response = await send(person, "/api/characters/lorebook", file);
  const book = readLorebook.answer.parse(await response.json());
  const card = { ...foxCard, data: { ...foxCard.data, character_book: book } };
  const { id: characterId } = await person.call(createCharacter, { body: { card } });
  const exported = await person.request("GET", `/api/characters/${characterId}/lorebook`);
  expect(await exported.json()).toMatchObject(woodWorld);

  const { id: chatId } = await person.call(createChat, { body: { characterId } });
  const question = "Is your BURROW under the oak? [[tokens=3]]";
  const preview = await person.call(previewPrompt, { body: { id: chatId, text: question } });
  expect(preview.lore).toMatchObject({
    told: [
      { entry: 0, name: "Den", reason: "key", key: "/den|burrow/i" },
      { entry: 1, name: "Law", reason: "always", key: null },
      { entry: 3, name: "oak", reason: "key", key: "oak" },
    ],
    notes: [
      { entry: 2, name: "Ahead", problem: "pattern_not_used", what: ["/(?=oak)/"] },
      { entry: 2, name: "Ahead", problem: "settings_ignored", what: ["sticky"] },
    ],
  });
  expect(preview.pieces.map(({ kind }) => kind)).toEqual(["character", "message", "lore", "message"]);
  await readStream((await ask(person, question, { chatId })).response);
  const received = callsOf(model, chatId).at(-1);
  expect(digestOf(preview.request)).toBe(received?.digest);
  const [system, , lore, last] = promptOf(received);
  expect(system?.text).toContain("The den is under the oak.\n\nGreen.");
  expect(lore).toMatchObject({ role: "system", text: "Never lie." });
  expect(last).toMatchObject({ role: "user", text: question });
  const items = (await person.call(listMessages, { params: { chatId } })).items;
  const params = { chatId, messageId: items.at(-1)?.id ?? "" };
  const asked = await person.call(getPrompt, { params });
  expect([asked.state, asked.request]).toEqual(["exact", preview.request]);
});

test("it is told what a card comes to while it is written, as the preview will count it", async ({
  person,
}) => {
  const { system_prompt: _, ...told } = foxCard.data;
  const card = { ...foxCard, data: { ...told, system_prompt: "Speak as {{char}}." } };
  const check = await person.call(checkCard, { body: { card } });
  expect(check).toMatchObject({ alternateGreetings: [expect.any(Number), expect.any(Number)], notes: [] });
  expect(check.loreEntries).toHaveLength(1);
  expect(Math.min(...Object.values(check.fields).filter((count) => count > 0))).toBeGreaterThan(0);
  const { id: characterId } = await person.call(createCharacter, { body: { card } });
  const { id: chatId } = await person.call(createChat, { body: { characterId } });
  const { pieces } = await person.call(previewPrompt, { body: { id: chatId, model: check.model } });
  const ofCharacter = pieces.filter(({ source }) => source === "character");
  expect(ofCharacter.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(check.alwaysTokens);
  const failure = await failureIn(
    await person.request("POST", "/api/characters/check", { body: { card: { name: "" } } }),
  );
  expect(failure).toMatchObject({ status: 400, details: { problem: "not_a_card" } });
});

test("a chat takes characters and profiles of its own person only", async ({ app, person }) => {
  const stranger = await signInAsGuest(app.url);
  const { id: characterId } = await imported(stranger, cardPng(foxCard));
  const { id: profileId } = await stranger.call(createProfile, { body: { name: "Eve" } });
  const { id } = await person.call(createChat, { body: {} });
  for (const [field, body] of Object.entries({ characterId: { characterId }, profileId: { profileId } })) {
    for (const [method, path] of [
      ["PATCH", `/api/chats/${id}`],
      ["POST", "/api/chats"],
    ] as const) {
      const failure = await failureIn(await person.request(method, path, { body }));
      expect(failure, `${method} ${field}`).toMatchObject({ status: 400, details: { field } });
    }
  }
  expect(await person.call(getChat, { params: { chatId: id } })).toMatchObject({
    characterId: null,
    profileId: null,
  });
});

test("of the profiles one is the default, and a chat that used a deleted one has none", async ({
  person,
}) => {
  const one = await person.call(createProfile, { body: { name: "One" } });
  const two = await person.call(createProfile, { body: { name: "Two", isDefault: true } });
  const params = { profileId: one.id };
  const defaults = async () =>
    (await person.call(listProfiles)).items.flatMap(({ name, isDefault }) => (isDefault ? name : []));
  expect(await defaults()).toEqual(["Two"]);
  await person.call(changeProfile, { params, body: { isDefault: true } });
  expect(await defaults()).toEqual(["One"]);
  const { id: chatId } = await person.call(createChat, { body: { profileId: two.id } });
  await person.call(deleteProfile, { params: { profileId: two.id } });
  expect((await person.call(getChat, { params: { chatId } })).profileId).toBeNull();
  await person.call(updateChat, { params: { chatId }, body: { profileId: one.id } });
});

test("what is somebody else's, or nobody's, is not found on any route", async ({ app, person }) => {
  const { id } = await imported(person, cardPng(foxCard));
  const { id: profileId } = await person.call(createProfile, { body: { name: "Ada" } });
  const stranger = await signInAsGuest(app.url);
  for (const [method, path, body] of [
    ["GET", `/api/characters/${id}`],
    ["GET", `/api/characters/${id}/summary`],
    ["GET", `/api/characters/${id}/export`],
    ["GET", `/api/characters/${id}/lorebook`],
    ["PATCH", `/api/characters/${id}`, { version: 1, model: null }],
    ["DELETE", `/api/characters/${id}`, {}],
    ["POST", `/api/characters/${id}/restore`, {}],
    ["POST", `/api/characters/${id}/duplicate`, {}],
    ["DELETE", `/api/characters/${id}/avatar?version=1`, {}],
    ["PATCH", `/api/profiles/${profileId}`, { name: "Mine" }],
    ["DELETE", `/api/profiles/${profileId}`, {}],
  ] as const) {
    const failure = await failureIn(await stranger.request(method, path, { body }));
    expect(failure, `${method} ${path}`).toMatchObject({ status: 404, type: "not_found" });
    expect((await nobody(app.url).request(method, path, { body })).status).toBe(401);
  }
  const picture = await send(stranger, `/api/characters/${id}/avatar?version=1`, cardPng(foxCard));
  expect((await failureIn(picture)).status).toBe(404);
  expect((await person.call(getCharacter, { params: { characterId: id } })).version).toBe(1);
});

async function imported(person: Person, file: Buffer) {
  const response = await send(person, "/api/characters/import", file);
  expect(response.status).toBe(200);
  return importCharacter.answer.parse(await response.json());
}

async function exported(
  person: Person,
  id: string,
  format: string,
  spec: string,
): Promise<Buffer<ArrayBuffer>> {
  const response = await person.request("GET", `/api/characters/${id}/export?format=${format}&spec=${spec}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-disposition")).toContain(`filename="Reynard.${format}"`);
  return Buffer.from(await response.arrayBuffer());
}

async function pictureAt(person: Person, path: string): Promise<Buffer> {
  return Buffer.from(await (await person.request("GET", `/api/characters/${path}`)).arrayBuffer());
}

function send(person: Person, path: string, file: Buffer): Promise<Response> {
  return fetch(`${person.origin}${path}`, {
    method: "POST",
    headers: { Cookie: person.cookie, Origin: person.origin, "Content-Type": "application/octet-stream" },
    body: new Uint8Array(file),
  });
}

function digestOf(request: string | null): string {
  return createHash("sha256")
    .update(request ?? "")
    .digest("hex");
}
