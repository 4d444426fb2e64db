import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { createId } from "@/lib/chats/id";
import { createGenerationStore } from "./generation-store";
import { forEachEngine } from "./testing/engines";
import { readAll, readEntries, textIn } from "./testing/read-answer";
import { finish, text } from "./testing/scripted-provider";
import { ada, ask, options, setUpStreaming } from "./testing/streaming-core";

// Three quarters of it are for writing.
const functions = { functionMsMax: 2_000 };

forEachEngine((engine) => {
  const { core, untilStored } = setUpStreaming(engine);

  test("a function that is about to end hands its answer over and sends the readers of all instances away", async () => {
    const { writer, generation, done } = await answering("so far and ");
    const here = readEntries(writer.streaming, generation, null);
    const elsewhere = readEntries(core(functions).streaming, generation, null);
    await done;
    expect(writer.model.isAborted()).toBe(true);
    for (const read of [await here, await elsewhere]) {
      expect(textIn(read.map(({ chunk }) => chunk))).toBe("so far and ");
      expect(read.map(({ chunk }) => chunk.type)).not.toContain("error");
    }
    expect(await writer.streaming.get(generation.id)).toMatchObject({
      status: "streaming",
      epoch: 1,
      isAbandoned: true,
    });
  });

  test("the reader who comes back to a function takes the answer up, and ends with all of it and a seam", async () => {
    const { chatId, generation, done } = await answering("so far and ");
    await done;
    const next = core(functions);
    const found = await next.streaming.find("ada", chatId, generation.id);
    expect(found).toMatchObject({ epoch: 2, isAbandoned: false });
    expect(next.streaming.doneOf(generation.id)).not.toBeNull();
    next.model.play(text("no further"), finish());
    expect(textIn(await readAll(next.streaming, found ?? generation))).toBe("so far and no further");
    expect(next.streaming.doneOf(generation.id)).toBeNull();
    expect(await next.chats.message(chatId, generation.messageId)).toMatchObject({
      status: "complete",
      parts: [{ type: "text", text: "so far and no further" }],
      metadata: { seams: [{ offset: 11 }] },
    });
  });

  test("an answer that ends in time is not handed over", async () => {
    const { writer, generation, done } = await answering("all ");
    writer.model.play(text("of it"), finish());
    await done;
    expect(await writer.streaming.get(generation.id)).toMatchObject({ status: "completed", epoch: 1 });
    expect(textIn(await readAll(writer.streaming, generation))).toBe("all of it");
  });

  test("who opens a chat takes up the answer of a dead process, and no other chat's", async () => {
    const dead = core();
    const [opened, other] = [createId(), createId()];
    for (const chatId of [opened, other]) {
      const { generation } = await dead.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
      // With what it stores first it renews the lease.
      await vi.waitFor(async () =>
        expect((await dead.streaming.get(generation.id))?.status).toBe("streaming"),
      );
    }
    await engine.db.execute(sql`update generation set lease_until = now() - interval '1 second'`);
    const next = core(functions);
    expect(await next.streaming.find("ada", opened, null)).toMatchObject({ epoch: 2, isAbandoned: false });
    expect(await createGenerationStore(engine.db).findActive("ada", other)).toMatchObject({ epoch: 1 });
    next.model.play(finish());
    await next.streaming.drain(5_000);
  });

  /** An answer in a function that has said `said`, and is silent. */
  async function answering(said: string) {
    const writer = core(functions);
    const chatId = createId();
    const { generation, done } = await writer.streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    writer.model.play(text(said));
    await untilStored(writer.streaming, generation, said);
    return { writer, chatId, generation, done };
  }
});
