import { expect, test, vi } from "vitest";
import { silentLog } from "@/lib/diagnostics/log";
import { createLocalBus } from "@/lib/events/local-bus";
import type { Lease } from "./generation";
import { watchStops } from "./stop-watch";

test("a stop that is asked for during a look is found by the next one", async () => {
  const { bus, looks, halted } = watching();
  bus.publish("writer:me");
  bus.publish("writer:me");
  bus.publish("writer:me");
  expect(looks).toHaveLength(1);
  looks[0]?.resolve([{ generationId: "first", epoch: 1 }]);
  await vi.waitFor(() => expect(looks).toHaveLength(2));
  looks[1]?.resolve([{ generationId: "second", epoch: 1 }]);
  await vi.waitFor(() => expect(halted).toEqual(["first", "second"]));
  expect(looks).toHaveLength(2);
});

test("a look that failed does not keep the next stop from being seen", async () => {
  const { bus, looks, halted } = watching();
  bus.publish("writer:me");
  looks[0]?.reject(new Error("no database"));
  await vi.waitFor(() => {
    bus.publish("writer:me");
    expect(looks.length).toBeGreaterThan(1);
  });
  looks[1]?.resolve([{ generationId: "first", epoch: 1 }]);
  await vi.waitFor(() => expect(halted).toEqual(["first"]));
});

test("a process that writes nothing, and one that has ended its watch, does not look", () => {
  const idle = watching({ isWriting: false });
  idle.bus.publish("writer:me");
  expect(idle.looks).toEqual([]);
  const ended = watching();
  ended.end();
  ended.bus.publish("writer:me");
  expect(ended.looks).toEqual([]);
});

function watching({ isWriting = true } = {}) {
  const bus = createLocalBus();
  const looks: PromiseWithResolvers<Lease[]>[] = [];
  const halted: string[] = [];
  const end = watchStops({
    store: {
      listStopping() {
        const look = Promise.withResolvers<Lease[]>();
        looks.push(look);
        return look.promise;
      },
    },
    bus,
    log: silentLog,
    owner: "me",
    isWriting: () => isWriting,
    halt: ({ generationId }) => halted.push(generationId),
  });
  return { bus, looks, halted, end };
}
