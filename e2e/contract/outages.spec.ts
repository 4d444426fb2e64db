import { answerTo, ask, failureIn, messagesOf } from "@/e2e/ask";
import { guestAtBoth } from "@/e2e/cluster";
import { databaseOf } from "@/e2e/cluster-database";
import { expect, onEachEngine, test as testAlone } from "@/e2e/cluster-fixtures";
import { lookOn, readFaithfully } from "@/e2e/faithful-reader";
import { callsOf, untilCall } from "@/e2e/fixtures";
import type { Person } from "@/e2e/person";
import { readStream, textOf } from "@/e2e/read-stream";
import { textOf as textOfParts } from "@/lib/chats/part";

testAlone(
  "a Redis that is killed in mid-answer and comes back empty costs no word, and nobody waits for it",
  async ({ createOwnCluster }) => {
    const cluster = await createOwnCluster({ redis: true });
    const people = await guestAtBoth(cluster);
    const [here, there] = people;
    const question = "Through it all [[tokens=250 interval=30]]";
    const answers = await Promise.all([ask(here, question), ask(there, question)]);
    const readers = answers.flatMap((asked) => people.map((person) => lookOn(person, asked)));
    const following = await Promise.all(readers);
    for (const { chatId } of answers)
      await untilCall(cluster.model, chatId, ({ tokensSent }) => tokensSent > 40);

    await cluster.redis?.kill();
    for (const person of people)
      expect(await answered(person, "Without it [[tokens=20 interval=20]]")).toBe(true);
    await cluster.redis?.start();
    for (const person of people)
      expect(await answered(person, "With it [[tokens=20 interval=20]]")).toBe(true);
    for (const { chatId } of answers)
      await untilCall(cluster.model, chatId, ({ tokensSent }) => tokensSent > 200);

    for (const { ended } of following) expect(await ended).toBe(answerTo(question));
    for (const { connections } of following) expect(connections).toBe(1);
    for (const { chatId } of answers) {
      const [, answer] = await messagesOf(here, chatId);
      expect(answer).toMatchObject({ status: "complete" });
      expect(textOfParts(answer?.parts ?? [])).toBe(answerTo(question));
      expect(callsOf(cluster.model, chatId)).toHaveLength(1);
    }
  },
);

onEachEngine(({ test, redis }) => {
  test("a PostgreSQL that is away for seconds in mid-answer costs no word, and questions are refused as unavailable meanwhile", async ({
    createOwnCluster,
  }) => {
    const cluster = await createOwnCluster({ redis });
    const database = databaseOf(cluster);
    const [here, there] = await guestAtBoth(cluster);
    const question = "Through it all [[tokens=250 interval=30]]";
    const asked = await ask(here, question);
    const reader = readFaithfully(asked, () => here);
    const onlooker = await lookOn(there, asked);
    await untilCall(cluster.model, asked.chatId, ({ tokensSent }) => tokensSent > 40);

    await database.refuse();
    for (const person of [here, there]) {
      const refused = await ask(person, "Now? [[tokens=3]]");
      expect(await failureIn(refused.response)).toMatchObject({
        status: 503,
        type: "unavailable",
        retryable: true,
      });
    }
    // Who reads where it is written does not notice.
    const { length } = reader.text;
    await untilCall(cluster.model, asked.chatId, ({ tokensSent }) => tokensSent > 140);
    await expect.poll(() => reader.text.length).toBeGreaterThan(length + 100);
    await database.accept();

    expect(await reader.ended).toBe(answerTo(question));
    expect(await onlooker.ended).toBe(answerTo(question));
    expect(reader.connections).toBe(1);
    const [, answer] = await messagesOf(there, asked.chatId);
    expect(answer).toMatchObject({ status: "complete" });
    expect(textOfParts(answer?.parts ?? [])).toBe(answerTo(question));
    expect(callsOf(cluster.model, asked.chatId)).toHaveLength(1);
    // A server whose own pause is not over says once more that it is unavailable.
    for (const person of [here, there])
      await expect.poll(() => answered(person, "And now? [[tokens=3]]")).toBe(true);
  });
});

testAlone(
  "a PostgreSQL that is away for too long ends the upstream call before the lease is out, and the answer is finished afterwards, to the word",
  async ({ createOwnCluster }) => {
    const cluster = await createOwnCluster();
    const database = databaseOf(cluster);
    const [here, there] = await guestAtBoth(cluster);
    const question = "Too long [[tokens=550 interval=30]]";
    const asked = await ask(here, question);
    const reader = readFaithfully(asked, () => there);
    await untilCall(cluster.model, asked.chatId, ({ tokensSent }) => tokensSent > 40);
    const awayAt = Date.now();
    await database.refuse();
    const cut = await untilCall(cluster.model, asked.chatId, ({ aborted }) => aborted);
    // Before anybody else may have the lease.
    expect(Date.parse(`${cut.endedAt}`) - awayAt).toBeLessThan(15_000);
    await database.accept();

    expect(await reader.ended).toBe(answerTo(question));
    expect(reader.shrunkBy).toBe(0);
    const [, answer] = await messagesOf(there, asked.chatId);
    expect(answer).toMatchObject({ status: "complete", metadata: { seams: [{}] } });
    expect(textOfParts(answer?.parts ?? [])).toBe(answerTo(question));
    expect(await answered(here, "And now? [[tokens=3]]")).toBe(true);
  },
);

async function answered(person: Person, question: string): Promise<boolean> {
  const { response } = await ask(person, question);
  return response.status === 200 && textOf(await readStream(response)) === answerTo(question);
}
