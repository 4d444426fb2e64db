import { expect, test } from "vitest";
import { createId } from "@/lib/chats/id";
import { AppError } from "@/lib/errors/app-error";
import { forEachEngine } from "./testing/engines";
import { readAll } from "./testing/read-answer";
import { finish, text } from "./testing/scripted-provider";
import { ada, ask, options, setUpStreaming } from "./testing/streaming-core";

forEachEngine((engine) => {
  const { core } = setUpStreaming(engine);

  test("a failure of the provider is kept with its partial text, and asking again makes a sibling", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const failed = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    model.play(text("Well"), new AppError("provider_rate_limited", "slow down", { retryAfterMs: 2000 }));
    const chunks = await readAll(streaming, failed.generation);
    const last = chunks.at(-1);
    expect(last?.type === "error" && JSON.parse(last.errorText)).toMatchObject({
      type: "provider_rate_limited",
      retryable: true,
      retryAfterMs: 2000,
    });
    const body = {
      id: chatId,
      trigger: "regenerate-message" as const,
      messageId: failed.generation.messageId,
    };
    const again = await streaming.send(ada, body, options());
    model.play(text("Well then"), finish());
    await again.done;
    const answers = await chats.answersTo(chatId, "u1");
    expect(answers.map(({ status }) => status)).toEqual(["failed", "complete"]);
    expect((await chats.get("ada", chatId))?.leafMessageId).toBe(again.generation.messageId);
  });

  test("regenerating twice from the question writes two answers; the same click twice writes one", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const first = await streaming.send(ada, ask(chatId, "u1", "Hello"), options());
    model.play(text("1"), finish());
    await first.done;
    const fromQuestion = { id: chatId, trigger: "regenerate-message" as const, messageId: "u1" };
    for (const answer of ["2", "3"]) {
      const [one, other] = await Promise.all([
        streaming.send(ada, fromQuestion, options()),
        streaming.send(ada, fromQuestion, options()),
      ]);
      expect(one.generation.id).toBe(other.generation.id);
      model.play(text(answer), finish());
      await (one.done ?? other.done);
    }
    expect(await chats.answersTo(chatId, "u1")).toHaveLength(3);
  });

  test("an edit through the stock body is a branch beside the question, and the old one stays", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const first = await streaming.send(ada, ask(chatId, "u1", "Helo"), options());
    model.play(text("?"), finish());
    await first.done;
    const edited = await streaming.send(ada, { ...ask(chatId, "u1", "Hello"), messageId: "u1" }, options());
    model.play(text("Hi"), finish());
    await edited.done;
    const questions = (await chats.messages("ada", chatId, null, 10))?.items.filter(
      ({ role }) => role === "user",
    );
    expect(questions?.map(({ parentId, parts }) => [parentId, parts[0]?.text])).toEqual([
      [null, "Helo"],
      [null, "Hello"],
    ]);
    expect(model.requests.at(-1)?.messages).toEqual([{ role: "user", text: "Hello" }]);
  });

  test("a stale tab's message becomes a branch where that tab stood", async () => {
    const { streaming, model, chats } = core();
    const chatId = createId();
    const answers: string[] = [];
    for (const id of ["u1", "u2"]) {
      const sent = await streaming.send(ada, ask(chatId, id, id), options());
      model.play(text(id), finish());
      await sent.done;
      answers.push(sent.generation.messageId);
    }
    const stale = await streaming.send(
      ada,
      { ...ask(chatId, "u3", "late"), parentId: answers[0] },
      options(),
    );
    model.play(text("ok"), finish());
    await stale.done;
    expect((await chats.message(chatId, "u3"))?.parentId).toBe(answers[0]);
    expect(model.requests.at(-1)?.messages.map(({ text: said }) => said)).toEqual(["u1", "u1", "late"]);
  });
});
