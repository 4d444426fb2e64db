import { answerTo, ask, failureIn, messagesOf } from "@/e2e/ask";
import { guestAtBoth } from "@/e2e/cluster";
import { expect, onEachEngine, test as testAlone } from "@/e2e/cluster-fixtures";
import { callsOf, untilCall } from "@/e2e/fixtures";
import type { Person } from "@/e2e/person";
import { messageIdOf, readStream, readUntil, readWhatComes, textOf, typesOf } from "@/e2e/read-stream";
import { listChats } from "@/lib/api/chats";
import { stopAnswer } from "@/lib/api/generations";
import { createId } from "@/lib/chats/id";
import { textOf as textOfParts } from "@/lib/chats/part";

const question = "Tell it slowly [[tokens=150 interval=10]]";

onEachEngine(({ test }) => {
  test("a reader on another server is sent the same chunks under the same cursors, while they are written", async ({
    cluster,
  }) => {
    const [here, there] = await guestAtBoth(cluster);
    const asked = await ask(here, question);
    const reading = readStream(asked.response);
    const elsewhere = readWhatComes(await follow(there, asked, "1.0"));
    await expect.poll(() => elsewhere.read.length).toBeGreaterThan(20);
    expect(callsOf(cluster.model, asked.chatId)[0]?.state).toBe("streaming");

    const read = await reading;
    await elsewhere.ended;
    expect(elsewhere.read).toEqual(read);
    expect(textOf(read)).toBe(answerTo(question));
    expect(read.map(({ id }) => id)).toEqual(read.map((_, index) => `1.${index + 1}`));
  });

  test("a reload on another server shows the text so far at once, and then the rest", async ({ cluster }) => {
    const [here, there] = await guestAtBoth(cluster);
    const asked = await ask(here, question);
    const first = await readUntil(asked.response, (read) => textOf(read).length > 200);
    const tokensSent = () => callsOf(cluster.model, asked.chatId)[0]?.tokensSent ?? 0;
    const before = tokensSent();
    const { read, ended } = readWhatComes(await follow(there, asked));
    await expect.poll(() => textOf(read), { intervals: [10] }).toContain(textOf(first));
    // At 10 ms each.
    expect(tokensSent() - before).toBeLessThan(50);

    await ended;
    expect(messageIdOf(read)).toBe(messageIdOf(first));
    expect(textOf(read)).toBe(answerTo(question));
    expect(typesOf(read).filter((type) => type === "start")).toHaveLength(1);
    expect((await messagesOf(there, asked.chatId))[1]).toMatchObject({ status: "complete" });
  });

  test("stop at another server ends an answer that flows within a second, with all that was read stored by then", async ({
    cluster,
  }) => {
    const [here, there] = await guestAtBoth(cluster);
    const asked = await ask(here, "On and on [[tokens=2000 interval=10]]");
    const reading = readStream(asked.response);
    await untilCall(cluster.model, asked.chatId, ({ tokensSent }) => tokensSent > 50);
    const { ms, stored } = await stopAt(there, asked);
    const read = await reading;

    expect(ms).toBeLessThan(1_000);
    expect(stored).toMatchObject({ status: "stopped", error: null });
    expect(textOfParts(stored?.parts ?? [])).toBe(textOf(read));
    expect(read.at(-1)?.chunk.type).toBe("abort");
    await untilCall(cluster.model, asked.chatId, ({ aborted }) => aborted);
  });

  test("stop at another server ends an answer whose provider is silent within five seconds", async ({
    cluster,
  }) => {
    const [here, there] = await guestAtBoth(cluster);
    const [stalled, silent] = await Promise.all([
      ask(here, "Half of it", { model: "scripted/stall" }),
      ask(here, "Nothing of it", { model: "scripted/silent" }),
    ]);
    const reading = Promise.all([readStream(stalled.response), readStream(silent.response)]);
    await untilCall(cluster.model, stalled.chatId, ({ state }) => state === "stalled");
    await untilCall(cluster.model, silent.chatId);
    const stops = await Promise.all([stopAt(there, stalled), stopAt(there, silent)]);
    const [half] = await reading;

    for (const { ms, stored } of stops) {
      expect(ms).toBeLessThan(5_000);
      expect(stored).toMatchObject({ status: "stopped" });
    }
    expect(textOfParts(stops[0]?.stored?.parts ?? [])).toBe(textOf(half));
    expect(answerTo("Half of it", "scripted/stall").startsWith(textOf(half))).toBe(true);
  });

  test("of two questions sent at once to two servers one is answered, and the other is refused and not stored", async ({
    cluster,
  }) => {
    const [here, there] = await guestAtBoth(cluster);
    const chatIds = Array.from({ length: 5 }, () => createId());
    for (const chatId of chatIds) {
      const posts = await Promise.all([
        ask(here, "The first [[tokens=10 interval=20]]", { chatId }),
        ask(there, "The second [[tokens=10 interval=20]]", { chatId }),
      ]);
      const [won, lost] = posts.sort((a, b) => a.response.status - b.response.status);
      await readStream(won.response);
      expect(won.response.status).toBe(200);
      expect(await failureIn(lost.response)).toMatchObject({
        status: 409,
        type: "generation_active",
        details: { generationId: won.generationId },
      });
      expect((await messagesOf(there, chatId)).map(({ role }) => role)).toEqual(["user", "assistant"]);
      expect((await messagesOf(there, chatId))[0]?.id).toBe(won.messageId);
      expect(callsOf(cluster.model, chatId)).toHaveLength(1);
    }
  });

  test("the same post twenty times over two servers is one question, one generation and one upstream call", async ({
    cluster,
  }) => {
    const people = await guestAtBoth(cluster);
    const ids = { chatId: createId(), messageId: createId() };
    const posts = await Promise.all(
      Array.from({ length: 10 }, () => people)
        .flat()
        .map((person) => ask(person, question, ids)),
    );
    const streams = await Promise.all(posts.map(({ response }) => readStream(response)));

    expect(new Set(posts.map(({ response }) => response.status))).toEqual(new Set([200]));
    expect(new Set(posts.map(({ generationId }) => generationId)).size).toBe(1);
    expect(new Set(streams.map(textOf))).toEqual(new Set([answerTo(question)]));
    expect(callsOf(cluster.model, ids.chatId)).toHaveLength(1);
    for (const person of people) {
      expect(await messagesOf(person, ids.chatId)).toHaveLength(2);
      expect((await person.call(listChats)).items).toHaveLength(1);
    }
  });
});

testAlone(
  "where wake-ups do not arrive, readers on another server look by themselves and read the same chunks",
  async ({ createOwnCluster }) => {
    const cluster = await createOwnCluster({ env: { DATABASE_LISTEN: "off" } });
    const [here, there] = await guestAtBoth(cluster);
    const asked = await ask(here, question);
    const reading = readStream(asked.response);
    const elsewhere = await readStream(await follow(there, asked, "1.0"));
    expect(elsewhere).toEqual(await reading);
    expect(textOf(elsewhere)).toBe(answerTo(question));

    const endless = await ask(here, "On and on [[tokens=2000 interval=10]]");
    await untilCall(cluster.model, endless.chatId, ({ tokensSent }) => tokensSent > 50);
    const { ms, stored } = await stopAt(there, endless);
    expect(ms).toBeLessThan(1_000);
    expect(textOfParts(stored?.parts ?? [])).toBe(textOf(await readStream(endless.response)));
  },
);

interface Asked {
  chatId: string;
  generationId: string;
}

function follow(person: Person, { chatId, generationId }: Asked, after?: string): Promise<Response> {
  const query = new URLSearchParams({ generation: generationId, ...(after && { after }) });
  return person.request("GET", `/api/chat/${chatId}/stream?${query}`);
}

/** Stops, and looks at once at what is stored. */
async function stopAt(person: Person, { chatId, generationId }: Asked) {
  const since = performance.now();
  const stopped = await person.call(stopAnswer, { params: { chatId }, body: { generationId } });
  const ms = performance.now() - since;
  expect(stopped).toEqual({ generationId, status: "stopped" });
  return { ms, stored: (await messagesOf(person, chatId))[1] };
}
