import { answerTo, ask, messagesOf } from "@/e2e/ask";
import { guestAtBoth } from "@/e2e/cluster";
import { databaseOf } from "@/e2e/cluster-database";
import { expect, onEachEngine } from "@/e2e/cluster-fixtures";
import { lookOn, readFaithfully } from "@/e2e/faithful-reader";
import { callsOf, promptOf, untilCall } from "@/e2e/fixtures";
import type { Person } from "@/e2e/person";
import { errorOf, readStream, textOf } from "@/e2e/read-stream";
import type { Message } from "@/lib/chats/message";
import { textOf as textOfParts } from "@/lib/chats/part";

const question = "Whatever happens [[tokens=100 interval=30]]";
// Four words of 30 ms are 120 ms; twice that for a busy machine.
const flushCharactersMax = 80;

onEachEngine(({ test, redis }) => {
  test("kill -9 of the writer: another server finishes its answers within 20 seconds, and every reader ends with the exact text", async ({
    createOwnCluster,
  }) => {
    const cluster = await createOwnCluster({ redis });
    const [here, there] = await guestAtBoth(cluster);
    const prefilled = await ask(here, question);
    const inWords = await ask(here, question, { model: "openai/gpt-5-mini" });
    const thinking = await ask(here, "Think first [[reasoning=100 tokens=20 interval=30]]");
    const answers = [prefilled, inWords, thinking];
    const readers = answers.map((asked) => readFaithfully(asked, () => there));
    const onlookers = await Promise.all(answers.map((asked) => lookOn(there, asked)));
    for (const { chatId } of answers)
      await untilCall(cluster.model, chatId, ({ tokensSent }) => tokensSent > 50);
    await cluster.server(0).kill();
    const killedAt = Date.now();

    const wanted = [answerTo(question), answerTo(question), answerTo("[[tokens=20]]")];
    expect(await Promise.all(readers.map(({ ended }) => ended))).toEqual(wanted);
    expect(await Promise.all(onlookers.map(({ ended }) => ended))).toEqual(wanted);
    for (const { shrunkBy } of readers) expect(shrunkBy).toBeLessThan(flushCharactersMax);
    for (const { shrunkBy } of onlookers) expect(shrunkBy).toBe(0);

    for (const [index, { chatId, generationId }] of answers.entries()) {
      const [, second, ...others] = callsOf(cluster.model, chatId);
      expect(others).toEqual([]);
      expect(Date.parse(`${second?.at}`) - killedAt).toBeLessThan(20_000);
      const [, answer, ...siblings] = await messagesOf(there, chatId);
      expect(siblings).toEqual([]);
      expect(answer).toMatchObject({ status: "complete", error: null, generationId });
      expect(textOfParts(answer?.parts ?? [])).toBe(wanted[index]);
    }

    const [asPrefill, asTurn] = await Promise.all(
      [prefilled, inWords].map(async ({ chatId }) => {
        const [, second] = callsOf(cluster.model, chatId);
        return { told: promptOf(second), partial: beforeSeam((await messagesOf(there, chatId))[1]) };
      }),
    );
    const before = { role: "user", text: question };
    expect(asPrefill?.told).toEqual([before, { role: "assistant", text: asPrefill?.partial }]);
    expect(asTurn?.told).toEqual([
      before,
      { role: "assistant", text: asTurn?.partial },
      { role: "user", text: expect.stringContaining("Continue exactly where it stops") },
    ]);
    // Of thoughts alone nobody could read anything: it was written anew.
    expect(promptOf(callsOf(cluster.model, thinking.chatId)[1])).toHaveLength(1);
  });

  test("an answer is finished after two deaths, and after the third it is interrupted, said so, and can be continued", async ({
    createOwnCluster,
  }) => {
    const cluster = await createOwnCluster({ redis });
    const [here, there] = await guestAtBoth(cluster);
    // Long enough for a server to start while they are written.
    const hard = "Whatever happens [[tokens=250 interval=40]]";
    const fatal = "Deadly [[tokens=400 interval=40]]";
    const twice = await ask(here, hard);
    const thrice = await ask(here, fatal);
    const readers = [readFaithfully(twice, () => there), readFaithfully(thrice, () => there)];
    for (const { chatId } of [twice, thrice])
      await untilCall(cluster.model, chatId, ({ tokensSent }) => tokensSent > 20);

    await moveOn(0, there, [twice, thrice]);
    const lengths = readers.map(({ text }) => text.length);
    // More than its reader may lose again: the second server has written some of each.
    for (const [index, reader] of readers.entries())
      await expect.poll(() => reader.text.length).toBeGreaterThan((lengths[index] ?? 0) + flushCharactersMax);
    await moveOn(1, here, [twice, thrice]);
    expect(await readers[0]?.ended).toBe(answerTo(hard));
    expect((await messagesOf(here, twice.chatId))[1]).toMatchObject({
      status: "complete",
      metadata: { seams: [{}, {}] },
    });
    await moveOn(0, there, [thrice]);

    await readers[1]?.ended;
    expect(errorOf(readers[1]?.read ?? [])).toMatchObject({ type: "interrupted", retryable: true });
    const [, interrupted] = await messagesOf(there, thrice.chatId);
    expect(interrupted).toMatchObject({ status: "interrupted", error: { type: "interrupted" } });
    const text = textOfParts(interrupted?.parts ?? []);
    expect(readers[1]?.text).toBe(text);
    expect(answerTo(fatal).startsWith(text)).toBe(true);
    expect(callsOf(cluster.model, thrice.chatId)).toHaveLength(3);

    const more = await there.request("POST", `/api/chat/${thrice.chatId}/continue`, {
      body: { messageId: interrupted?.id },
    });
    expect(textOf(await readStream(more))).toBe(answerTo(fatal));

    /** Kills the server that writes, lets the time of its leases pass, has another look, and starts it again. */
    async function moveOn(from: number, person: Person, asked: readonly { chatId: string }[]) {
      await cluster.server(from).kill();
      await databaseOf(cluster).endLeases();
      for (const { chatId } of asked)
        await (await person.request("GET", `/api/chat/${chatId}/stream`)).body?.cancel();
      await cluster.server(from).start();
    }
  });
});

function beforeSeam(message: Message | undefined): string {
  const [seam, ...others] = message?.metadata.seams ?? [];
  expect(others).toEqual([]);
  return textOfParts(message?.parts ?? []).slice(0, seam?.offset ?? 0);
}
