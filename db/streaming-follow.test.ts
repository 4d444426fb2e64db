import { expect, test } from "vitest";
import { createId } from "@/lib/chats/id";
import { forEachEngine } from "./testing/engines";
import { readAll, readEntries, textIn } from "./testing/read-answer";
import { finish, text } from "./testing/scripted-provider";
import { ada, ask, failure, options, setUpStreaming } from "./testing/streaming-core";

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  test("a reader that comes back with its cursor is sent the rest and nothing else", async () => {
    const { streaming, model } = core();
    const { generation, done } = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    const whole = readEntries(streaming, generation, null);
    const words = Array.from({ length: 2000 }, (_, i) => text(`${i} `));
    model.play(...words, finish());
    const all = await whole;
    await done;
    for (const index of [0, 3, 700, 1999, all.length - 2]) {
      const cursor = all[index]?.cursor ?? "";
      const rest = await readEntries(streaming, generation, cursor);
      expect(rest.map((entry) => entry.cursor)).toEqual(all.slice(index + 1).map((entry) => entry.cursor));
      expect(rest.map(({ chunk }) => chunk)).toEqual(all.slice(index + 1).map(({ chunk }) => chunk));
    }
  });

  test("a replay after the end, and one after the log was dropped, build the same message", async () => {
    const { streaming, model } = core();
    const { generation, done } = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    model.play({ type: "reasoning-delta", text: "why" }, text("so "), text("it is"), finish());
    await done;
    const replay = await readAll(streaming, generation);
    expect(replay[0]).toMatchObject({ type: "start", messageId: generation.messageId });
    await streaming.dropEndedLogs(-1000);
    const rebuilt = await readAll(streaming, generation);
    expect(textIn(rebuilt)).toBe(textIn(replay));
    expect(rebuilt[0]).toEqual(replay[0]);
    expect(rebuilt.at(-1)?.type).toBe("finish");
    expect(await failure(readEntries(streaming, generation, "1.3"))).toMatchObject({ type: "gone" });
  });

  test("a cursor whose log was dropped is refused before anything is sent, and one at the end is not", async () => {
    const { streaming, model } = core();
    const { generation, done } = await streaming.send(ada, ask(createId(), "u1", "Hello"), options());
    model.play(text("so "), text("it is"), finish());
    await done;
    const ended = await streaming.get(generation.id);
    if (!ended) throw new Error("the generation is not there");
    const at = (seq: number) => ({ epoch: ended.epoch, seq });
    await streaming.requireKept(ended, at(2));
    await streaming.dropEndedLogs(-1000);
    expect(await failure(streaming.requireKept(ended, at(2)))).toMatchObject({ type: "gone" });
    await streaming.requireKept(ended, at(ended.lastSeq));
    await streaming.requireKept(ended, null);
  });
});
