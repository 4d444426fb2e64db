import { expect, test } from "vitest";
import { createTestConnection } from "@/app/_client/connection/connection-testing";
import type { UserEvent } from "@/lib/events/user-event";
import { type Channel, createUserEvents } from "./user-events";

const started: UserEvent = { type: "generation-started", chatId: "c", generationId: "g", messageId: "m" };

test("one tab of a browser reads, and all of them hear", async () => {
  const browser = createBrowser();
  const first = browser.openTab();
  const second = browser.openTab();
  await settled();
  browser.server.send(7, started);
  await settled();
  expect(browser.server.opened).toEqual([null]);
  expect(first.heard).toContainEqual(started);
  expect(second.heard).toContainEqual(started);
});

test("when the reading tab closes, another goes on from the last number", async () => {
  const browser = createBrowser();
  const first = browser.openTab();
  const second = browser.openTab();
  await settled();
  browser.server.send(7, started);
  await settled();
  first.close();
  await settled();
  browser.server.send(8, { type: "chat-updated", chatId: "c" });
  await settled();
  expect(browser.server.opened).toEqual([null, 7]);
  expect(second.heard).toContainEqual({ type: "chat-updated", chatId: "c" });
});

test("a stream that ends is opened again from the last number", async () => {
  const browser = createBrowser();
  const tab = browser.openTab();
  await settled();
  browser.server.send(7, started);
  await settled();
  browser.server.end();
  await settled();
  tab.elapse(60_000);
  await settled();
  expect(browser.server.opened).toEqual([null, 7]);
});

test("who begins without a number asks for everything to be read again", async () => {
  const browser = createBrowser();
  const { heard } = browser.openTab();
  await settled();
  expect(heard).toEqual([{ type: "resync" }]);
});

test("a page that knows the last event is told of those after it, and reads nothing again", async () => {
  const browser = createBrowser();
  const { heard } = browser.openTab({ after: 6 });
  await settled();
  browser.server.send(7, started);
  await settled();
  expect(browser.server.opened).toEqual([6]);
  expect(heard).toEqual([started]);
});

test("a tab that joins learns at once that something happened since it was read", async () => {
  const browser = createBrowser();
  browser.openTab({ after: 6 });
  await settled();
  browser.server.send(7, started);
  await settled();
  const late = browser.openTab({ after: 6 });
  const current = browser.openTab({ after: 7 });
  await settled();
  expect(late.heard).toEqual([{ type: "resync" }]);
  expect(current.heard).toEqual([]);
});

test("a tab that missed what was told reads everything again with what is told next", async () => {
  const browser = createBrowser();
  const first = browser.openTab({ after: 8 });
  const behind = browser.openTab({ after: 6 });
  const current = browser.openTab({ after: 8 });
  await settled();
  browser.server.send(9, started);
  await settled();
  expect(first.heard).toEqual([started]);
  expect(behind.heard).toContainEqual({ type: "resync" });
  expect(current.heard).toEqual([started]);
});

test("a tab that joins is no sign of a network that is gone", async () => {
  const browser = createBrowser();
  const first = browser.openTab();
  await settled();
  first.goOffline();
  browser.openTab();
  await settled();
  expect(first.state()).toBe("offline");
});

test("a tab that joins while the server cannot be reached shows it at once", async () => {
  const browser = createBrowser();
  browser.server.isDown = true;
  browser.openTab();
  await settled();
  const late = browser.openTab();
  await settled();
  expect(late.state()).toBe("reconnecting");
});

test("a tab that hears nothing from the reading one takes over", async () => {
  const browser = createBrowser();
  browser.openTab();
  const second = browser.openTab();
  await settled();
  browser.server.send(7, started);
  await settled();
  second.elapse(50_000);
  await settled();
  expect(browser.server.opened).toEqual([null, 7]);
});

test("a server that cannot be reached shows in every tab", async () => {
  const browser = createBrowser();
  browser.server.isDown = true;
  const first = browser.openTab();
  const second = browser.openTab();
  await settled();
  expect(first.state()).toBe("reconnecting");
  expect(second.state()).toBe("reconnecting");
});

/** Promises only: enough turns for the longest chain of them. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function createBrowser() {
  const channels = new Map<Channel, (message: unknown) => void>();
  const queue: { run(): void }[] = [];
  let held: { lose: AbortController } | null = null;
  const opened: (number | null)[] = [];
  let sending: ReadableStreamDefaultController<Uint8Array> | null = null;
  const encode = (text: string) => new TextEncoder().encode(text);

  const server = {
    opened,
    isDown: false,
    send: (seq: number, event: UserEvent) =>
      sending?.enqueue(encode(`id: ${seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)),
    end: () => sending?.close(),
  };

  function next(): void {
    if (held === null) queue.shift()?.run();
  }

  function openTab({ after = null }: { after?: number | null } = {}) {
    const test = createTestConnection();
    const heard: UserEvent[] = [];
    const events = createUserEvents({
      after,
      connection: test.connection,
      setTimer(run, ms) {
        let isOver = false;
        void test.connection.pause(99).then(() => {
          if (!isOver && ms > 0) run();
        });
        return () => {
          isOver = true;
        };
      },
      async lock(hold, { steal, signal }) {
        if (steal && held) {
          held.lose.abort();
          held = null;
        }
        const own = { lose: new AbortController() };
        await new Promise<void>((resolve, reject) => {
          const waiting = {
            run() {
              held = own;
              resolve();
            },
          };
          queue.push(waiting);
          signal.addEventListener("abort", () => {
            if (queue.includes(waiting)) queue.splice(queue.indexOf(waiting), 1);
            reject(signal.reason);
          });
          next();
        });
        await hold(own.lose.signal).finally(() => {
          if (held !== own) return;
          held = null;
          next();
        });
      },
      openChannel() {
        const channel: Channel = {
          listen: (hear) => void channels.set(channel, hear),
          close: () => void channels.delete(channel),
          post(message) {
            for (const [other, hear] of channels) if (other !== channel) hear(message);
          },
        };
        return channel;
      },
      async open(lastEventId, signal) {
        if (server.isDown) throw new TypeError("Failed to fetch");
        opened.push(lastEventId);
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            sending = controller;
            controller.enqueue(encode(": ping 0\n\n"));
          },
        });
        signal.throwIfAborted();
        return new Response(body);
      },
    });
    const close = events.subscribe((event) => heard.push(event));
    const goOffline = () => {
      test.connection.subscribe(() => {});
      test.change({ isOnline: false });
    };
    return { heard, close, goOffline, elapse: test.elapse, state: test.connection.state };
  }

  return { server, openTab };
}
