import { expect, test } from "vitest";
import { inheritStore } from "./inherit-store";
import { createOutbox, type OutboxStore, type Waiting } from "./outbox";

test("questions go out in the order in which they were asked, chat by chat", async () => {
  const { open } = createBrowser();
  const outbox = open();
  await outbox.put(question("1"));
  await outbox.put(question("2", "other"));
  await outbox.put(question("3"));
  expect(outbox.ofChat("chat").map(({ id }) => id)).toEqual(["1", "3"]);
  expect(await outbox.sendNext("chat", async ({ id }) => id)).toBe("1");
});

test("a question survives its page", async () => {
  const { open } = createBrowser();
  await open().put(question("1"));
  const reloaded = open();
  await reloaded.ready;
  expect(reloaded.all().map(({ id }) => id)).toEqual(["1"]);
});

test("two tabs never send the same question", async () => {
  const { open } = createBrowser();
  const tabs = [open(), open()];
  await tabs[0]?.put(question("1"));
  const sent: string[] = [];
  await Promise.all(
    tabs.map((outbox) =>
      outbox.sendNext("chat", async ({ id }) => {
        sent.push(id);
        await Promise.resolve();
        await outbox.remove(id);
      }),
    ),
  );
  expect(sent).toEqual(["1"]);
});

test("what another tab does is seen", async () => {
  const { open } = createBrowser();
  const [first, second] = [open(), open()];
  let calls = 0;
  second.subscribe(() => {
    calls += 1;
  });
  await first.put(question("1"));
  await second.sendNext("none", async () => null);
  expect(second.all()).toHaveLength(1);
  expect(calls).toBeGreaterThan(0);
});

test("a question that is being sent cannot be taken back any more", async () => {
  const { open } = createBrowser();
  const [first, second] = [open(), open()];
  await first.put(question("1"));
  const sending = Promise.withResolvers<void>();
  const sent = first.sendNext("chat", async ({ id }) => {
    await sending.promise;
    await first.remove(id);
  });
  const withdrawn = second.withdraw({ ...question("1"), at: 1 });
  sending.resolve();
  await sent;
  expect(await withdrawn).toBeNull();
});

test("storage that is closed costs nothing but the safety over a reload", async () => {
  const closed = () => Promise.reject(new Error("closed"));
  const outbox = createOutbox({
    ...createBrowser().parts,
    store: { list: closed, put: closed, remove: closed, clear: closed },
  });
  await outbox.ready;
  await expect(outbox.put(question("1"))).rejects.toThrow("closed");
  expect(await outbox.sendNext("chat", async ({ id }) => id)).toBe("1");
});

test("what a guest asked and could not send waits for the account that the guest became", async () => {
  const [guests, accounts] = [createBrowser(), createBrowser()];
  await accounts.open().put(question("1"));
  const stillOpen = guests.open();
  await stillOpen.put(question("2", "other"));
  const store = inheritStore(accounts.parts.store, guests.parts.store);
  const outbox = createOutbox({ ...accounts.parts, store });
  await outbox.ready;
  expect(outbox.all().map(({ id }) => id)).toEqual(["1", "2"]);
  expect(await stillOpen.sendNext("other", async ({ id }) => id)).toBeNull();

  await stillOpen.put(question("3", "other"));
  await outbox.remove("2");
  expect(await outbox.sendNext("other", async ({ id }) => id)).toBe("3");
  await outbox.forgetAll();
  expect(await store.list()).toEqual([]);
});

test("a guest's outbox that cannot be read keeps nothing of the account back", async () => {
  const { open, parts } = createBrowser();
  await open().put(question("1"));
  const closed = () => Promise.reject(new Error("closed"));
  const guests = { list: closed, put: closed, remove: closed, clear: closed };
  const outbox = createOutbox({ ...parts, store: inheritStore(parts.store, guests) });
  await outbox.ready;
  expect(outbox.all().map(({ id }) => id)).toEqual(["1"]);
});

function question(id: string, chatId = "chat"): Omit<Waiting, "at"> {
  return {
    id,
    chatId,
    text: `question ${id}`,
    model: null,
    settings: {},
    isNew: false,
    reason: "connection",
  };
}

function createBrowser() {
  const stored = new Map<string, Waiting>();
  const store: OutboxStore = {
    list: async () => [...stored.values()],
    put: async (waiting) => void stored.set(waiting.id, waiting),
    remove: async (id) => void stored.delete(id),
    clear: async () => stored.clear(),
  };
  const looks = new Set<() => void>();
  const locks = new Map<string, Promise<unknown>>();
  const parts = {
    store,
    announce() {
      for (const look of looks) look();
    },
    onAnnounced: (look: () => void) => void looks.add(look),
    lock<Result>(chatId: string, act: () => Promise<Result>): Promise<Result> {
      const turn = (locks.get(chatId) ?? Promise.resolve()).then(act);
      locks.set(chatId, turn);
      return turn;
    },
    now: () => 0,
  };
  return { parts, open: () => createOutbox(parts) };
}
