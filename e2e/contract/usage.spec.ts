import { z } from "zod";
import { ask, failureIn, messagesOf } from "@/e2e/ask";
import { callsOf, expect, test, untilCall } from "@/e2e/fixtures";
import { leaveUnfinished, nobody, type Person, signInAsGuest, signUp } from "@/e2e/person";
import { readStream, readWhatComes, textOf } from "@/e2e/read-stream";
import { createChat, updateChat } from "@/lib/api/chats";
import { addEndpoint } from "@/lib/api/endpoints";
import { setKey } from "@/lib/api/keys";
import { getMessage } from "@/lib/api/messages";
import { listModels } from "@/lib/api/models";
import { changeInstallation, changeSettings } from "@/lib/api/settings";
import { exportChats } from "@/lib/api/transfer";
import { estimateUsage, getBudget, getUsage } from "@/lib/api/usage";
import { createId } from "@/lib/chats/id";
import { roughTokens } from "@/lib/usage/rough-tokens";

// Two micro-dollars for each token that it writes.
const priced = "openai/gpt-5-mini";

test("what an answer cost is in the ledger as the provider reported it, once for a request that comes twice", async ({
  model,
  person,
}) => {
  const asking = { chatId: createId(), messageId: createId(), model: priced };
  const answers = await Promise.all([1, 2, 3].map(() => ask(person, "Hello [[tokens=50]]", asking)));
  for (const { response } of answers) await readStream(response);
  const reported = model.requests().find(({ body }) => JSON.stringify(body).includes(asking.chatId));
  const { total, items } = await person.call(getUsage, { query: { by: "model", chat: asking.chatId } });
  expect(total).toMatchObject({ calls: 1, outputTokens: 50, estimatedMicros: 0, unknownCalls: 0 });
  expect(total.costMicros).toBe(Math.round(Number(reported?.usage?.cost) * 1e6));
  expect(items).toMatchObject([{ key: priced, costMicros: total.costMicros }]);
});

test("a limit refuses what would go over it, says what is left and when, and leaves nothing behind", async ({
  person,
}) => {
  await limit(person, 500);
  const { response, chatId } = await ask(person, "Hello", { model: priced });
  expect(await failureIn(response)).toMatchObject({
    status: 402,
    type: "quota_exceeded",
    retryable: false,
    message: expect.stringMatching(/your own limit of \$0\.0005 a week: \$0\.0005 is left\. It renews on /),
    details: {
      whose: "person",
      limitMicros: 500,
      spentMicros: 0,
      leftMicros: 500,
      renewsAt: expect.any(String),
    },
  });
  expect((await person.request("GET", `/api/chats/${chatId}`)).status).toBe(404);
  const free = await ask(person, "Hello", { model: "deepseek/deepseek-r1-0528:free" });
  expect((await readStream(free.response)).at(-1)?.chunk.type).toBe("finish");
  await limit(person, null);
  const again = await ask(person, "Hello", { model: priced });
  expect((await readStream(again.response)).at(-1)?.chunk.type).toBe("finish");
});

test("of twenty questions at once those are answered that the limit pays for", async ({ person }) => {
  // Each holds back what its 400 tokens cost at a host that is twice as dear; the third is content with less.
  await limit(person, 4_400);
  const settings = { maxOutputTokens: 400 };
  const sent = await Promise.all(
    Array.from({ length: 20 }, () =>
      ask(person, "Hello [[tokens=100 interval=30]]", { model: priced, body: { settings } }),
    ),
  );
  const statuses = sent.map(({ response }) => response.status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(3);
  expect(statuses.filter((status) => status === 402)).toHaveLength(17);
  for (const { response } of sent) await response.text();
  const { items } = await person.call(getBudget);
  expect(items[0]).toMatchObject({ whose: "person", limitMicros: 4_400, heldMicros: 0 });
  expect(items[0]?.spentMicros).toBeLessThan(1_000);
});

test("what a stopped answer cost is estimated at first, and is what the provider says soon after", async ({
  model,
  person,
}) => {
  test.slow();
  const { response, chatId } = await ask(person, "Long [[tokens=2000 interval=20]]", { model: priced });
  await model.until(
    ({ body, tokensSent }) => tokensSent > 20 && JSON.stringify(body).includes(chatId),
    15_000,
  );
  await person.request("POST", `/api/chat/${chatId}/stop`, { body: {} });
  await readStream(response);
  const [, answer] = await messagesOf(person, chatId);
  const about = async () =>
    (await person.call(getMessage, { params: { chatId, messageId: answer?.id ?? "" } })).writings[0];
  expect(await about()).toMatchObject({
    status: "stopped",
    isEstimated: true,
    costMicros: expect.any(Number),
  });
  await expect.poll(about, { timeout: 60_000 }).toMatchObject({ isEstimated: false });
  const call = model.requests().find(({ body }) => JSON.stringify(body).includes(chatId));
  const known = await about();
  expect(known?.costMicros).toBe(Math.round(Number(call?.usage?.cost) * 1e6));
  expect(known?.usage?.outputTokens).toBe(call?.tokensSent);
  const { total } = await person.call(getUsage, { query: { chat: chatId } });
  expect(total).toMatchObject({ costMicros: known?.costMicros, estimatedMicros: 0 });
  const figures = { usage: known?.usage, metadata: { costMicros: known?.costMicros } };
  expect((await messagesOf(person, chatId))[1]).toMatchObject(figures);
  const exported = await (await person.request(exportChats.method, exportChats.path)).json();
  expect(exported.chats[0].messages[1]).toMatchObject(figures);
});

test("what an answer cost whose server was killed, and that nobody finishes, is what the provider says soon after", async ({
  model,
  ownApp,
}) => {
  test.slow();
  const person = await signInAsGuest(ownApp.url);
  await leaveUnfinished(person);
  const asked = await ask(person, "Long [[tokens=2000 interval=20]]", { model: priced });
  const { chatId } = asked;
  const { ended: readerLeft } = readWhatComes(asked.response);
  await untilCall(model, chatId, ({ tokensSent }) => tokensSent > 60);
  await ownApp.kill();
  await readerLeft;
  await ownApp.start();

  const answer = async () => (await messagesOf(person, chatId))[1];
  const params = { chatId, messageId: (await answer())?.id ?? "" };
  const about = async () => (await person.call(getMessage, { params })).writings[0];
  expect(await about()).toMatchObject({
    status: "interrupted",
    isEstimated: true,
    costMicros: expect.any(Number),
  });
  await expect.poll(about, { timeout: 60_000 }).toMatchObject({ isEstimated: false });
  const calls = callsOf(model, chatId);
  expect(calls).toMatchObject([{ aborted: true }]);
  const costMicros = Math.round(Number(calls[0]?.usage?.cost) * 1e6);
  const usage = { outputTokens: calls[0]?.tokensSent };
  expect(costMicros).toBeGreaterThan(0);
  expect(await about()).toMatchObject({ costMicros, usage });
  expect(await answer()).toMatchObject({ status: "interrupted", usage, metadata: { costMicros } });
  const { total } = await person.call(getUsage, { query: { chat: chatId } });
  expect(total).toMatchObject({ calls: 1, costMicros, estimatedMicros: 0 });
});

test("a stopped answer is asked about with the key that paid, and with no other once that one is gone", async ({
  model,
  ownApp,
}) => {
  test.slow();
  await signUp(ownApp.url);
  const person = await signUp(ownApp.url);
  const set = async (key: string) =>
    (await person.call(setKey, { body: { provider: "openrouter", key, scope: "person" } })).key;
  const stop = async () => {
    const { response, chatId } = await ask(person, "Long [[tokens=2000 interval=20]]", { model: priced });
    const isBegun = ({ body, tokensSent }: { body: unknown; tokensSent: number }) =>
      tokensSent > 20 && JSON.stringify(body).includes(chatId);
    await model.until(isBegun, 15_000);
    await person.request("POST", `/api/chat/${chatId}/stop`, { body: {} });
    await readStream(response);
    const [, answer] = await messagesOf(person, chatId);
    const params = { chatId, messageId: answer?.id ?? "" };
    return async () => (await person.call(getMessage, { params })).writings[0];
  };
  const paidByEnvironment = await stop();
  await set("sk-or-v1-first-0000000000000000");
  const paidByFormer = await stop();
  await set("sk-or-v1-second-0000000000000000");
  await expect.poll(paidByFormer, { timeout: 60_000 }).toMatchObject({ isEstimated: true, isKeyGone: true });
  await expect
    .poll(paidByEnvironment, { timeout: 30_000 })
    .toMatchObject({ isEstimated: false, isKeyGone: false });
});

test("a table for a spreadsheet has the same figures, and no title in it is a formula", async ({
  person,
}) => {
  const { response, chatId } = await ask(person, "=HYPERLINK(1) [[tokens=5]]", { model: priced });
  await readStream(response);
  const table = await person.request("GET", "/api/usage?by=chat", { headers: { Accept: "text/csv" } });
  expect(table.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(table.headers.get("content-disposition")).toMatch(
    /^attachment; filename="parley-usage-chat-.*\.csv"$/,
  );
  const [head, ...lines] = (await table.text()).trimEnd().split("\r\n");
  expect(head).toMatch(/^chat,name,cost_usd,/);
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`^${chatId},'=HYPERLINK\\(1\\).*,0\\.0000\\d\\d,`)),
  ]);
  const asked = await person.request("GET", "/api/usage?by=model&format=csv");
  expect(await asked.text()).toContain(`${priced},,0.`);
});

test("what a question would cost is told before it is sent, with the limit that leaves the least", async ({
  person,
}) => {
  await limit(person, 3_000);
  const asked = { model: priced, inputTokens: 1_000_000 };
  const estimate = await person.call(estimateUsage, { query: asked });
  expect(estimate).toMatchObject({
    model: priced,
    range: { leastMicros: 250_000 },
    limit: { leftMicros: 3_000 },
  });
  const { leastMicros, typicalMicros, mostMicros } = estimate.range ?? {
    leastMicros: 0,
    typicalMicros: 0,
    mostMicros: 0,
  };
  expect(leastMicros).toBeLessThan(typicalMicros);
  expect(typicalMicros).toBeLessThan(mostMicros);
});

test("the most that a question would cost is that of the dearest model that may answer it", async ({
  person,
}) => {
  const { id } = await person.call(createChat, { body: { model: priced } });
  const asked = { chat: id, inputTokens: 1_000 };
  const before = (await person.call(estimateUsage, { query: asked })).range;
  const routing = { fallbackModels: ["anthropic/claude-opus-4.1"] };
  await person.call(updateChat, { params: { chatId: id }, body: { settings: { routing } } });
  const after = (await person.call(estimateUsage, { query: asked })).range;
  expect(before).toMatchObject({ boundMicros: null });
  expect(after).toMatchObject({ leastMicros: before?.leastMicros, typicalMicros: before?.typicalMicros });
  // 32,000 tokens at 75 dollars a million, and the question at 15.
  expect(after?.mostMicros).toBe(2_400_000 + 19_500);
  await limit(person, 10_000_000);
  const { mostMicros = 0, boundMicros } = (await person.call(estimateUsage, { query: asked })).range ?? {};
  expect(boundMicros).toBe(2 * mostMicros);
});

test("under a limit OpenRouter is told how dear a host may be, and without one it is not", async ({
  model,
  person,
}) => {
  const providerOf = async () => {
    const { response, chatId } = await ask(person, "Hello [[tokens=5]]", { model: priced });
    await readStream(response);
    const call = model.requests().find(({ body }) => JSON.stringify(body).includes(chatId));
    return z.object({ provider: z.unknown().optional() }).parse(call?.body).provider;
  };
  expect(await providerOf()).toBeUndefined();
  await limit(person, 10_000_000);
  expect(await providerOf()).toEqual({ max_price: { prompt: 0.5, completion: 4, request: 0 } });
  await limit(person, 2_000);
  expect(await providerOf()).toEqual({ max_price: { prompt: 0.25, completion: 2, request: 0 } });
});

test("where the owner of a server says what its models cost, answers have a cost and limits hold", async ({
  model,
  ownApp,
}) => {
  const root = await signUp(ownApp.url);
  await root.call(changeInstallation, { body: { keys: { privateHosts: ["127.0.0.1", "localhost"] } } });
  const prices = [{ model: "scripted/burst", inputPrice: 0, outputPrice: 10 }];
  const baseUrl = model.baseUrl.replace("/api/v1", "/v1");
  const added = await root.call(addEndpoint, {
    body: { name: "Home", baseUrl, key: "sk-endpoint-0000000000000000", prices, scope: "installation" },
  });
  expect(added).toMatchObject({ prices });
  // Whose chats no model names: there is one call.
  const guest = await signInAsGuest(ownApp.url);
  const burst = `${added.id}/scripted/burst`;
  const { items } = await guest.call(listModels, { query: { q: "burst" } });
  expect(items.find(({ id }) => id === burst)).toMatchObject({ inputPrice: 0, outputPrice: 10 });
  const settings = { maxOutputTokens: 300 };
  const { response, chatId } = await ask(guest, "Hello [[usage=off]]", { model: burst, body: { settings } });
  const costMicros = 10 * roughTokens(textOf(await readStream(response)));
  const { total } = await guest.call(getUsage, { query: { chat: chatId } });
  expect(costMicros).toBeGreaterThan(1_000);
  expect(total).toMatchObject({ calls: 1, costMicros, estimatedMicros: costMicros, unknownCalls: 0 });
  await limit(guest, costMicros + 2_999);
  const refused = await ask(guest, "Hello", { model: burst, body: { settings } });
  expect(await failureIn(refused.response)).toMatchObject({
    type: "quota_exceeded",
    details: { leftMicros: 2_999 },
  });
});

test("who comes back as another guest again and again is refused at what all guests may spend", async ({
  ownApp,
}) => {
  const root = await signUp(ownApp.url);
  const budget = { limitMicros: 1_000, period: "day" as const };
  await root.call(changeInstallation, { body: { budget, guestsBudget: { ...budget, limitMicros: 2_500 } } });
  const settings = { maxOutputTokens: 400 };
  const held: Response[] = [];
  for (let count = 0; count < 2; count++) {
    const guest = await signInAsGuest(ownApp.url);
    const asking = { model: priced, body: { settings } };
    held.push((await ask(guest, "Hello [[tokens=100 interval=50]]", asking)).response);
  }
  expect(held.map(({ status }) => status)).toEqual([200, 200]);
  const another = await signInAsGuest(ownApp.url);
  const { response } = await ask(another, "Hello", { model: priced, body: { settings } });
  expect(await failureIn(response)).toMatchObject({
    status: 402,
    type: "quota_exceeded",
    message: expect.stringMatching(/all its guests together, \$0\.0025 a day: .* is left\. It renews on /),
    details: { whose: "guests", limitMicros: 2_500, renewsAt: expect.any(String) },
  });
  const standings = (await another.call(getBudget)).items;
  expect(standings.map(({ whose }) => whose)).toEqual(["person", "installation", "guests"]);
  const account = await signUp(ownApp.url);
  const answered = await ask(account, "Hello [[tokens=5]]", { model: priced, body: { settings } });
  expect(answered.response.status).toBe(200);
  for (const each of [...held, answered.response]) await each.text();
});

test("what was spent is in the export, and in nobody else's figures", async ({ app, person }) => {
  const { response, chatId } = await ask(person, "Hello [[tokens=5]]", { model: priced });
  await readStream(response);
  const exported = await (await person.request(exportChats.method, exportChats.path)).json();
  expect(exported.usage).toMatchObject([{ kind: "answer", chatId, model: priced, source: "reported" }]);
  for (const other of [await signInAsGuest(app.url), await signUp(app.url)]) {
    expect((await other.call(getUsage, { query: { chat: chatId } })).total.calls).toBe(0);
  }
});

test("everybody's costs are the administrator's to see, and what cannot be read is refused", async ({
  ownApp,
}) => {
  const root = await signUp(ownApp.url);
  const guest = await signInAsGuest(ownApp.url);
  await readStream((await ask(guest, "Hello [[tokens=5]]", { model: priced })).response);
  const { items } = await root.call(getUsage, { query: { scope: "installation", by: "person" } });
  expect(items).toMatchObject([{ name: null, calls: 1 }]);
  const status = async (who: Person, query: string) =>
    (await who.request("GET", `/api/usage?${query}`)).status;
  expect(await status(guest, "scope=installation&by=person")).toBe(403);
  expect(await status(nobody(ownApp.url), "")).toBe(401);
  for (const query of [
    "by=person",
    "tz=Nowhere/Land",
    "tz=%2B02:00",
    "from=yesterday",
    "cursor=junk",
    "limit=0",
  ])
    expect(await status(guest, query), query).toBe(400);
  expect(await status(root, "scope=installation&by=chat")).toBe(400);
  const byKey = { scope: "installation", by: "key" } as const;
  const keys = await root.call(getUsage, { query: byKey });
  expect(keys.items).toMatchObject([
    { key: "installation/openrouter", name: null, payer: "installation", provider: "openrouter", calls: 1 },
  ]);
  const table = await (await root.request("GET", "/api/usage?scope=installation&by=key&format=csv")).text();
  expect(table).toMatch(/\r\ninstallation\/openrouter,,openrouter,installation,0\.0000/);
  expect(await status(guest, "scope=installation&by=key")).toBe(403);
});

function limit(person: Person, limitMicros: number | null) {
  return person.call(changeSettings, { body: { budget: { limitMicros, period: "week" } } });
}
