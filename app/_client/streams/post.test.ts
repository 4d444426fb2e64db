import { expect, test } from "vitest";
import { createTestConnection } from "@/app/_client/connection/connection-testing";
import type { ChatError } from "@/lib/errors/chat-error";
import { post, Unreachable } from "./post";

const refusal: ChatError = {
  type: "unavailable",
  message: "The server is about to stop.",
  provider: null,
  retryable: true,
  retryAfterMs: 5000,
  requestId: "r",
};

test("what reached nobody is sent again, until there are headers", async () => {
  const { posted, sendings } = await posting([
    new TypeError("Failed to fetch"),
    new Response("<html>Bad gateway", { status: 502 }),
    new Response("hello"),
  ]);
  expect(posted).toBeInstanceOf(Response);
  expect(sendings).toBe(3);
});

test("a refusal of the server itself is final", async () => {
  const { posted, sendings } = await posting([Response.json({ error: refusal }, { status: 503 })]);
  expect(posted).toMatchObject({ status: 503 });
  expect(sendings).toBe(1);
});

test("other failures are for others to judge", async () => {
  const { posted, sendings } = await posting([new Response("oops", { status: 500 })]);
  expect(posted).toMatchObject({ status: 500 });
  expect(sendings).toBe(1);
});

test("whoever cannot be reached at all is given up for the moment", async () => {
  await expect(posting(Array.from({ length: 9 }, () => new TypeError("Failed to fetch")))).rejects.toThrow(
    Unreachable,
  );
});

test("headers that are kept on the way do not keep the answer", async () => {
  const { impatient } = createTestConnection();
  const posted = await post({
    connection: impatient,
    signal: undefined,
    sleep: async () => {},
    send: () => new Promise(() => {}),
    hasArrived: async () => true,
  });
  expect(posted).toBe("arrived");
  expect(impatient.mode()).toBe("poll");
});

async function posting(outcomes: (Response | Error)[]) {
  let sendings = 0;
  const posted = await post({
    connection: createTestConnection().impatient,
    signal: undefined,
    sleep: () => new Promise(() => {}),
    hasArrived: async () => false,
    async send() {
      const next = outcomes[sendings];
      sendings += 1;
      if (next instanceof Response) return next;
      throw next ?? new Error("one sending too many");
    },
  });
  return { posted, sendings };
}
