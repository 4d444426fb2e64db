import { ask } from "@/e2e/ask";
import { guestAtBoth } from "@/e2e/cluster";
import { databaseOf } from "@/e2e/cluster-database";
import { expect, onEachEngine, test as testAlone } from "@/e2e/cluster-fixtures";
import { untilCall } from "@/e2e/fixtures";
import { type Person, personAt, signInAgain, signUp } from "@/e2e/person";
import { framesOf, readStream, readWhatComes } from "@/e2e/read-stream";
import { updateChat } from "@/lib/api/chats";
import { type UserEvent, userEventSchema } from "@/lib/events/user-event";

onEachEngine(({ test }) => {
  test("what happens at one server is told at the other, once and in order, and what was missed to whoever comes back", async ({
    cluster,
  }) => {
    const [here, there] = await guestAtBoth(cluster);
    const listening = await listen(there);
    const asked = await ask(here, "Tell [[tokens=20 interval=20]]");
    await readStream(asked.response);
    await here.call(updateChat, { params: { chatId: asked.chatId }, body: { title: "Told" } });
    await expect.poll(() => listening.events.length).toBe(3);
    listening.leave();

    const ids = { chatId: asked.chatId, generationId: asked.generationId };
    expect(listening.events.map(({ event }) => event)).toMatchObject([
      { type: "generation-started", ...ids },
      { type: "generation-ended", ...ids, status: "completed" },
      { type: "chat-updated", chatId: asked.chatId },
    ]);
    expect(listening.events.map(({ seq }) => seq)).toEqual([1, 2, 3]);

    const back = await listen(here, "1");
    await expect.poll(() => back.events).toEqual(listening.events.slice(1));
    back.leave();
    await databaseOf(cluster).dropEvents();
    const late = await listen(there, "1");
    await expect.poll(() => late.events).toEqual([{ seq: 3, event: { type: "resync" } }]);
    await here.call(updateChat, { params: { chatId: asked.chatId }, body: { title: "Once more" } });
    await expect.poll(() => late.events.at(-1)).toMatchObject({ seq: 4, event: { type: "chat-updated" } });
    late.leave();
  });
});

testAlone(
  "signing out at one server, or being signed out, closes the streams at the other within five seconds; the answer goes on",
  async ({ postgresCluster: cluster }) => {
    const account = await signUp(cluster.server(0).url);
    const device = await signInAgain(account);
    const streams = await Promise.all([account, device].map((person) => openStreams(person)));
    const [own, revoked] = streams;
    const other = await signInAgain(account);
    await expect.poll(() => Math.min(...streams.map(({ chunks }) => chunks.read.length))).toBeGreaterThan(5);

    const since = performance.now();
    await other.request("POST", "/api/auth/revoke-session", { body: { token: tokenOf(device) } });
    await account.request("POST", "/api/auth/sign-out", { body: {} });
    await Promise.all(streams.flatMap(({ chunks, events }) => [chunks.ended, events.ended]));
    expect(performance.now() - since).toBeLessThan(5_000);
    expect([own, revoked].map((closed) => closed?.chunks.read.at(-1)?.chunk.type)).toEqual([
      "text-delta",
      "text-delta",
    ]);
    for (const { person, chatId } of streams) {
      expect((await person.request("GET", `/api/chat/${chatId}/stream`)).status).toBe(401);
      expect(await untilCall(cluster.model, chatId)).toMatchObject({ state: "streaming", aborted: false });
      await other.request("POST", `/api/chat/${chatId}/stop`, { body: {} });
    }

    async function openStreams(person: Person) {
      const there = personAt(cluster.server(1), person);
      const { response, chatId } = await ask(person, "On and on [[tokens=2000 interval=20]]");
      void response.body?.cancel();
      const [answer, events] = await Promise.all([
        there.request("GET", `/api/chat/${chatId}/stream`),
        listen(there),
      ]);
      return { person, chatId, chunks: readWhatComes(answer), events };
    }
  },
);

async function listen(person: Person, lastEventId?: string) {
  const leaving = new AbortController();
  const response = await person.request("GET", "/api/events", {
    headers: lastEventId === undefined ? {} : { "Last-Event-ID": lastEventId },
    signal: leaving.signal,
  });
  const events: { seq: number; event: UserEvent }[] = [];
  const collect = async () => {
    for await (const { id, data } of framesOf(response)) {
      events.push({ seq: Number(id), event: userEventSchema.parse(JSON.parse(data)) });
    }
  };
  // Leaving breaks it off.
  return { events, ended: collect().catch(() => {}), leave: () => leaving.abort() };
}

/** What the session is known by where sessions are revoked: the cookie without its signature. */
function tokenOf({ cookie }: Person): string {
  const [, value = ""] = cookie.split(/=(.*)/);
  return decodeURIComponent(value).split(".")[0] ?? "";
}
