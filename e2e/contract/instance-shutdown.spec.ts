import { request as httpRequest } from "node:http";
import { answerTo, ask, failureIn, messagesOf } from "@/e2e/ask";
import { guestAtBoth } from "@/e2e/cluster";
import { expect, onEachEngine } from "@/e2e/cluster-fixtures";
import { lookOn, readFaithfully } from "@/e2e/faithful-reader";
import { callsOf, untilCall } from "@/e2e/fixtures";
import type { Person } from "@/e2e/person";
import { readWhatComes } from "@/e2e/read-stream";
import { createId } from "@/lib/chats/id";

onEachEngine(({ test, redis }) => {
  test("SIGTERM in the middle of a long answer hands it over at once: who reads elsewhere notices nothing, and the process ends within 25 seconds", async ({
    createOwnCluster,
  }) => {
    const cluster = await createOwnCluster({ redis });
    const [here, there] = await guestAtBoth(cluster);
    const long = "A long one [[tokens=240 interval=100]]";
    const asked = await ask(here, long);
    const reader = readFaithfully(asked, () => there);
    const onlooker = await lookOn(there, asked);
    const events = await here.request("GET", "/api/events");
    await untilCall(cluster.model, asked.chatId, ({ tokensSent }) => tokensSent > 10);
    const post = beginPost(here, { id: createId(), message: questionOf("Too late [[tokens=3]]") });
    await post.begun;
    const stopping = cluster.server(0).stop();
    await readWhatComes(events).ended;
    const refused = await post.finish();

    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(await failureIn(refused)).toMatchObject({ status: 503, type: "unavailable", retryable: true });
    const { exitCode, ms } = await stopping;
    const goneAt = Date.now();
    expect(exitCode).toBe(0);
    expect(ms).toBeLessThan(25_000);
    expect(await onlooker.ended).toBe(answerTo(long));
    expect(await reader.ended).toBe(answerTo(long));
    expect(onlooker.connections).toBe(1);
    expect([onlooker.shrunkBy, reader.shrunkBy]).toEqual([0, 0]);

    const [first, second, ...others] = callsOf(cluster.model, asked.chatId);
    expect(others).toEqual([]);
    expect(first?.aborted).toBe(true);
    // A sweep would have found it within five seconds.
    expect(Date.parse(`${second?.at}`)).toBeLessThan(goneAt + 1_000);
    expect((await messagesOf(there, asked.chatId))[1]).toMatchObject({ status: "complete" });
  });
});

function questionOf(text: string) {
  return { id: createId(), role: "user", parts: [{ type: "text", text }] };
}

/** A question whose first half is at the server before the second is sent. */
function beginPost({ origin, cookie }: Person, body: unknown) {
  const bytes = Buffer.from(JSON.stringify(body));
  const answered = Promise.withResolvers<Response>();
  const outgoing = httpRequest(`${origin}/api/chat`, {
    method: "POST",
    headers: { Cookie: cookie, "Content-Type": "application/json", "Content-Length": bytes.length },
  });
  outgoing.on("error", answered.reject);
  outgoing.on("response", async (incoming) => {
    let text = "";
    for await (const some of incoming.setEncoding("utf8")) text += some;
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      `${value}`,
    ]);
    answered.resolve(new Response(text, { status: incoming.statusCode, headers }));
  });
  const begun = new Promise<void>((resolve) => {
    outgoing.write(bytes.subarray(0, 10), () => resolve());
  });
  return {
    begun,
    finish() {
      outgoing.end(bytes.subarray(10));
      return answered.promise;
    },
  };
}
