import { ask, failureIn, messagesOf } from "@/e2e/ask";
import { expect, test } from "@/e2e/fixtures";
import { nobody, type Person, signInAsGuest, signUp } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { getMessage } from "@/lib/api/messages";
import { changeSettings } from "@/lib/api/settings";
import { exportChats } from "@/lib/api/transfer";
import { estimateUsage, getBudget, getUsage } from "@/lib/api/usage";
import { createId } from "@/lib/chats/id";

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
  await limit(person, 4_000);
  const settings = { maxOutputTokens: 400 };
  const sent = await Promise.all(
    Array.from({ length: 20 }, () =>
      ask(person, "Hello [[tokens=100 interval=30]]", { model: priced, body: { settings } }),
    ),
  );
  const statuses = sent.map(({ response }) => response.status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(4);
  expect(statuses.filter((status) => status === 402)).toHaveLength(16);
  for (const { response } of sent) await response.text();
  const { items } = await person.call(getBudget);
  expect(items[0]).toMatchObject({ whose: "person", limitMicros: 4_000, heldMicros: 0 });
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
});

function limit(person: Person, limitMicros: number | null) {
  return person.call(changeSettings, { body: { budget: { limitMicros, period: "week" } } });
}
