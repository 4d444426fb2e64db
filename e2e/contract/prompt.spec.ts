import { createHash } from "node:crypto";
import { ask, failureIn, messagesOf } from "@/e2e/ask";
import { callsOf, expect, promptOf, test, untilCall } from "@/e2e/fixtures";
import { type Person, signInAsGuest } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import type { RecordedRequest } from "@/e2e/scripted-model/journal";
import { createCharacter } from "@/lib/api/characters";
import { createChat, listMessages, updateChat } from "@/lib/api/chats";
import { createProfile } from "@/lib/api/profiles";
import { getPrompt, previewPrompt } from "@/lib/api/prompts";
import { changeSettings } from "@/lib/api/settings";
import { changeSummary, deleteSummary, getSummary, writeSummary } from "@/lib/api/summaries";
import { createId } from "@/lib/chats/id";

const prompt = {
  preSystemPrompt: "Rules for {{model}}, {{date}}.",
  systemPrompt: "Be “brief”.\n\tÜ 👋",
  postSystemPrompt: "Answer {{user}} now. {{random:a,b,c,d}}",
};

test("a preview is what the provider then receives, to the byte, and so is what an answer is said to have been asked with", async ({
  person,
  model,
}) => {
  await person.call(changeSettings, { body: { prompt } });
  const chatId = createId();
  const settings = { temperature: 0.25, maxOutputTokens: 300, stop: ["END"] };
  let parentId: string | null = null;
  for (const text of ["Hello [[tokens=20]]", "And then? [[tokens=20]]", "… zuletzt [[tokens=5]]"]) {
    const wanted = { id: chatId, text, settings, parentId, model: "anthropic/claude-opus-4.1" };
    const preview = await person.call(previewPrompt, { body: wanted });
    const { response } = await ask(person, text, {
      chatId,
      model: wanted.model,
      body: { settings, parentId },
    });
    await readStream(response);
    const received = callsOf(model, chatId).at(-1);
    expect(digest(preview.request)).toBe(received?.digest);
    expect(preview).toMatchObject({ fits: true, leftOut: null, contextLength: 200_000, isEstimate: true });
    parentId = (await messagesOf(person, chatId)).at(-1)?.id ?? null;
  }

  await person.call(changeSettings, { body: { prompt: {} } });
  const answers = (await messagesOf(person, chatId)).filter(({ role }) => role === "assistant");
  for (const [index, { id }] of answers.entries()) {
    const asked = await person.call(getPrompt, { params: { chatId, messageId: id } });
    expect(asked).toMatchObject({ state: "exact", isContinuation: false });
    expect(digest(asked.request)).toBe(callsOf(model, chatId)[index]?.digest);
  }
});

test("a limit that keeps the answer short shows in the preview as it is sent, to the byte", async ({
  person,
  model,
}) => {
  await person.call(changeSettings, { body: { budget: { limitMicros: 4_000, period: "week" } } });
  const wanted = { id: createId(), text: "Hello [[tokens=5]]", model: "openai/gpt-5-mini" };
  const { request } = await person.call(previewPrompt, { body: wanted });
  const { response } = await ask(person, wanted.text, { chatId: wanted.id, model: wanted.model });
  await readStream(response);
  expect(digest(request)).toBe(callsOf(model, wanted.id)[0]?.digest);
  expect(JSON.parse(request ?? "").max_tokens).toBeLessThan(2_000);
  await person.call(changeSettings, { body: { budget: { limitMicros: 500, period: "week" } } });
  const unpaid = await person.call(previewPrompt, { body: { ...wanted, id: createId() } });
  expect(unpaid).toMatchObject({ isOverLimit: true, request: null, pieces: [{ text: wanted.text }] });
});

test("the sections come first, the post prompt before the newest question, and marks where the provider may cache", async ({
  person,
  model,
}) => {
  await person.call(changeSettings, {
    body: { prompt: { systemPrompt: "System.", postSystemPrompt: "Post." } },
  });
  const chatId = createId();
  for (const text of ["One [[tokens=3]]", "Two [[tokens=3]]"]) {
    const { response } = await ask(person, text, { chatId, model: "anthropic/claude-opus-4.1" });
    await readStream(response);
  }
  const call = callsOf(model, chatId).at(-1);
  expect(promptOf(call).map(({ role, text }) => [role, text.split(" ")[0]])).toEqual([
    ["system", "System."],
    ["user", "One"],
    ["assistant", expect.any(String)],
    ["system", "Post."],
    ["user", "Two"],
  ]);
  const cache_control = { type: "ephemeral" };
  expect(call?.body).toMatchObject({
    messages: [
      { content: [{ text: "System.", cache_control }] },
      { content: [{ cache_control }] },
      {},
      { content: [{ text: "Post." }] },
      { content: "Two [[tokens=3]]" },
    ],
  });
  expect(JSON.stringify(call?.body).match(/cache_control/g)).toHaveLength(2);
});

test("a character and a profile are told as the preview says, with their names and what the chat calls up", async ({
  person,
  model,
}) => {
  await person.call(changeSettings, { body: { prompt: { ...prompt, off: ["pre"] } } });
  const card = {
    spec: "chara_card_v3",
    data: {
      name: "Reynard",
      description: "{{char}} is a fox. <USER> knows.",
      personality: "sly",
      scenario: "A wood.",
      first_mes: "I am {{char}}.",
      mes_example: "<START>\n{{user}}: Hi",
      system_prompt: "Play {{char}}. {{original}}",
      post_history_instructions: "Stay {{char}}.",
      character_book: {
        entries: [
          { keys: ["den"], content: "The den is deep.", enabled: true, insertion_order: 1, extensions: {} },
          { keys: ["sea"], content: "The sea is far.", enabled: true, insertion_order: 2, extensions: {} },
        ],
        extensions: {},
      },
    },
  };
  const character = await person.call(createCharacter, { body: { card } });
  await person.call(createProfile, {
    body: { name: "Ada", description: "{{user}} is a hunter.", isDefault: true },
  });
  const chat = await person.call(createChat, { body: { characterId: character.id } });
  const text = "Where is your den? [[tokens=3]]";
  const wanted = { id: chat.id, text, model: "scripted/burst" };
  const preview = await person.call(previewPrompt, { body: wanted });
  const { response } = await ask(person, text, { chatId: chat.id, model: wanted.model });
  await readStream(response);
  const call = callsOf(model, chat.id).at(-1);
  expect(digest(preview.request)).toBe(call?.digest);
  const told = promptOf(call);
  expect(told[0]?.text).toMatch(
    /^Play Reynard\. Be “brief”\.[\s\S]*\n---\n[\s\S]*Reynard is a fox\. Ada knows\.[\s\S]*\n---\nAda is a hunter\.$/,
  );
  expect(told[0]?.text).toContain("The den is deep.");
  expect(told[0]?.text).not.toContain("The sea is far.");
  expect(told.slice(1).map(({ role, text }) => [role, text])).toEqual([
    ["assistant", "I am Reynard."],
    ["system", "Stay Reynard."],
    ["user", text],
  ]);
});

test("the chat's profile is told, else its character's, else the default, by name and description, as the preview says", async ({
  person,
  model,
}) => {
  await person.call(changeSettings, { body: { prompt: { systemPrompt: "Talk to {{user}}." } } });
  const made = (name: string, isDefault: boolean) =>
    person.call(createProfile, { body: { name, description: `${name} is tall: {{user}}.`, isDefault } });
  await made("Grace", true);
  const ada = await made("Ada", false);
  const eve = await made("Eve", false);
  const card = { name: "Bear", description: "{{char}} knows {{user}}." };
  const bear = await person.call(createCharacter, { body: { card, profileId: ada.id } });
  const anyBear = await person.call(createCharacter, { body: { card } });

  async function told(chatId: string): Promise<string | undefined> {
    const wanted = { id: chatId, text: "Who am I? [[tokens=3]]", model: "scripted/burst" };
    const { request, pieces } = await person.call(previewPrompt, { body: wanted });
    await readStream((await ask(person, wanted.text, { chatId, model: wanted.model })).response);
    const call = callsOf(model, chatId).at(-1);
    expect(digest(request)).toBe(call?.digest);
    const text = promptOf(call)[0]?.text;
    expect(pieces.slice(0, text?.split("\n---\n").length).map((piece) => piece.text)).toEqual(
      text?.split("\n---\n"),
    );
    return text;
  }
  const chatWith = async (body: object) => (await person.call(createChat, { body })).id;
  const as = (name: string) => `Talk to ${name}.\n---\n${name} is tall: ${name}.`;
  const withBear = (name: string) =>
    `Talk to ${name}.\n---\nBear knows ${name}.\n---\n${name} is tall: ${name}.`;

  expect(await told(createId())).toBe(as("Grace"));
  expect(await told(await chatWith({ profileId: eve.id }))).toBe(as("Eve"));
  expect(await told(await chatWith({ characterId: anyBear.id }))).toBe(withBear("Grace"));
  expect(await told(await chatWith({ characterId: bear.id }))).toBe(withBear("Ada"));
  const chatId = await chatWith({ characterId: bear.id, profileId: eve.id });
  expect(await told(chatId)).toBe(withBear("Eve"));
  const params = { chatId };
  await person.call(updateChat, { params, body: { profileId: null } });
  expect(await told(chatId)).toBe(withBear("Ada"));
  await person.call(updateChat, { params, body: { characterId: null } });
  expect(await told(chatId)).toBe(as("Grace"));
  await person.call(updateChat, { params, body: { profileId: eve.id } });
  expect(await told(chatId)).toBe(as("Eve"));
  const asked = await person.call(getPrompt, {
    params: { chatId, messageId: (await messagesOf(person, chatId)).at(-1)?.id ?? "" },
  });
  expect(digest(asked.request)).toBe(callsOf(model, chatId).at(-1)?.digest);
});

test("the sections are joined by the separator that is set, and what is switched off is not sent", async ({
  person,
  model,
}) => {
  const chatId = createId();
  async function told(changed: object): Promise<string[]> {
    await person.call(changeSettings, {
      body: {
        prompt: { preSystemPrompt: "Pre.", systemPrompt: "System.", postSystemPrompt: "Post.", ...changed },
      },
    });
    const text = "Hello [[tokens=3]]";
    const { request } = await person.call(previewPrompt, { body: { id: chatId, text } });
    await readStream((await ask(person, text, { chatId })).response);
    const call = callsOf(model, chatId).at(-1);
    expect(digest(request)).toBe(call?.digest);
    return promptOf(call).flatMap(({ role, text }) => (role === "system" ? text : []));
  }
  expect(await told({})).toEqual(["Pre.\n---\nSystem.", "Post."]);
  expect(await told({ separator: "\n\n* * *\n\n" })).toEqual(["Pre.\n\n* * *\n\nSystem.", "Post."]);
  expect(await told({ separator: "" })).toEqual(["Pre.System.", "Post."]);
  expect(await told({ off: ["post"] })).toEqual(["Pre.\n---\nSystem."]);
  expect(await told({ off: ["pre", "post"], separator: " | " })).toEqual(["System."]);
  expect(await told({ off: ["system", "pre", "post"] })).toEqual([]);
});

test("OpenAI's own tokenizer counts for OpenAI's models, and others are estimated and say so", async ({
  person,
}) => {
  const text = "The quick brown fox jumps over the lazy dog.";
  const counted = await person.call(previewPrompt, {
    body: { id: createId(), text, model: "openai/gpt-5-mini" },
  });
  expect(counted).toMatchObject({ isEstimate: false, pieces: [{ tokens: 10, isEstimate: false }] });
  const estimated = await person.call(previewPrompt, {
    body: { id: createId(), text, model: "deepseek/deepseek-r1-0528:free" },
  });
  expect(estimated.pieces[0]).toMatchObject({ isEstimate: true });
});

test("a chat of 300 long messages goes on with a model of 8,192 tokens, and says what it leaves out", async ({
  person,
  model,
}) => {
  const chatId = createId();
  const long = "This is a rather long question about nothing in particular. ".repeat(12);
  for (let turn = 0; turn < 150; turn++) {
    const { response } = await ask(person, `Question ${turn}. ${long}`, {
      chatId,
      model: "scripted/eight-thousand",
    });
    await readStream(response);
  }
  const calls = callsOf(model, chatId);
  expect(calls).toHaveLength(150);
  const told = promptOf(calls.at(-1));
  expect(told[0]).toMatchObject({ role: "user" });
  expect(told.at(-1)?.text).toContain("Question 149.");

  const messages = (await person.call(listMessages, { params: { chatId }, query: { limit: 1000 } })).items;
  const newest = messages.at(-1);
  expect(newest?.status).toBe("complete");
  expect(newest?.metadata.leftOut?.messages).toBe(299 - told.length);
  const asked = await person.call(getPrompt, { params: { chatId, messageId: newest?.id ?? "" } });
  expect(asked.leftOut).toEqual(newest?.metadata.leftOut);
  expect(asked.promptTokens + asked.answerReserveTokens).toBeLessThanOrEqual(8_192);
  expect(asked.pieces[0]?.messageId).toBe(newest?.metadata.leftOut?.firstMessageId);
  const beginnings = calls.slice(-40).map((call) => promptOf(call)[0]?.text);
  // Each beginning stands for some questions on end: a quarter of the room holds so many.
  expect(new Set(beginnings).size).toBeLessThan(20);
});

test("a question that has no room is refused with the numbers, and leaves nothing behind", async ({
  person,
  model,
}) => {
  const { response, chatId } = await ask(person, "word ".repeat(20_000), {
    model: "scripted/eight-thousand",
  });
  expect(await failureIn(response)).toMatchObject({
    status: 422,
    type: "context_too_long",
    retryable: false,
    details: {
      contextLength: 8_192,
      answerReserveTokens: 2_048,
      neededTokens: expect.any(Number),
      roomTokens: expect.any(Number),
    },
  });
  expect(callsOf(model, chatId)).toEqual([]);
  expect((await person.request("GET", `/api/chats/${chatId}`)).status).toBe(404);
});

test("what is left out is summed up where that is wanted, and the summary is the person's to change", async ({
  person,
  model,
}) => {
  await person.call(changeSettings, { body: { context: { summarises: true } } });
  const chatId = createId();
  const say = async (turn: number) => {
    const text = `Question ${turn}. ${"Words that take room. ".repeat(100)}`;
    await readStream((await ask(person, text, { chatId, model: "scripted/eight-thousand" })).response);
  };
  for (let turn = 0; turn < 12; turn++) await say(turn);
  await model.until((call) => isSummary(call, chatId));
  await expect
    .poll(async () => {
      const view = await person.call(previewPrompt, { body: { id: chatId, text: "Now?" } });
      return view.pieces.find(({ kind }) => kind === "summary")?.text ?? "";
    })
    .toContain("Summary of the earlier part");
  await say(12);
  const call = await untilCall(
    model,
    chatId,
    (one) => promptOf(one).at(-1)?.text.includes("Question 12.") ?? false,
  );
  expect(promptOf(call)[0]?.text).toContain("Summary of the earlier part");

  const { pieces } = await person.call(previewPrompt, { body: { id: chatId, text: "Now?" } });
  const messageId = pieces.find(({ kind }) => kind === "summary")?.messageId ?? "";
  const params = { chatId, messageId };
  await person.call(changeSummary, { params, body: { text: "We spoke about words." } });
  const changed = await person.call(previewPrompt, { body: { id: chatId, text: "Now?" } });
  expect(changed.pieces[0]?.text).toContain("We spoke about words.");
  const path = `/api/chats/${chatId}/messages/${messageId}/summary`;
  const stranger = await signInAsGuest(person.origin);
  expect((await stranger.request("PATCH", path, { body: { text: "Mine" } })).status).toBe(404);
  expect((await stranger.request("DELETE", path)).status).toBe(404);
  const before = (await messagesOf(person, chatId)).at(-1)?.metadata.leftOut?.firstMessageId ?? "";
  const place = { params: { chatId }, query: { before } };
  expect(await person.call(getSummary, place)).toMatchObject({
    isOn: true,
    summary: { throughMessageId: messageId, text: "We spoke about words.", isEdited: true, isStale: false },
  });
  const ofChat = `/api/chats/${chatId}/summary`;
  expect((await stranger.request("GET", `${ofChat}?before=${before}`)).status).toBe(404);
  expect((await stranger.request("POST", ofChat, { body: { before } })).status).toBe(404);
  expect((await person.request("GET", ofChat)).status).toBe(400);
  expect((await person.request("GET", `${ofChat}?before=nowhere`)).status).toBe(404);
  const anew = await person.call(writeSummary, { params: { chatId }, body: { before } });
  expect(anew.summary).toMatchObject({ isEdited: false, model: "scripted/eight-thousand" });
  expect(anew.summary?.text).not.toContain("We spoke about words.");
  await person.call(deleteSummary, { params });
  const without = await person.call(previewPrompt, { body: { id: chatId, text: "Now?" } });
  expect(without.pieces.map(({ kind }) => kind)).not.toContain("summary");
});

test("what is shown of a prompt is its person's alone, and a wrong request is refused", async ({
  person,
}) => {
  const { response, chatId } = await ask(person, "Mine [[tokens=3]]");
  await readStream(response);
  const messageId = (await messagesOf(person, chatId)).at(-1)?.id ?? "";
  const stranger: Person = await signInAsGuest(person.origin);
  expect((await stranger.request("GET", `/api/chats/${chatId}/messages/${messageId}/prompt`)).status).toBe(
    404,
  );
  const preview = (body: object) => stranger.request("POST", "/api/prompt/preview", { body });
  expect((await preview({ id: chatId, text: "Hello" })).status).toBe(404);
  expect((await preview({ id: createId(), text: "Hello", parentId: "nowhere" })).status).toBe(404);
  expect((await preview({ id: createId(), text: "Hello", model: "no/such-model" })).status).toBe(400);
  expect((await preview({ text: "Hello" })).status).toBe(400);
});

function isSummary(call: RecordedRequest, chatId: string): boolean {
  const body = JSON.stringify(call.body);
  return !call.stream && body.includes(`"session_id":"${chatId}"`) && body.includes("Summary, in at most");
}

function digest(body: string | null): string {
  return createHash("sha256")
    .update(body ?? "")
    .digest("hex");
}
