import { expect, test } from "vitest";
import { readJsonBody } from "./read-body";

test("a body that breaks off is the client's doing, and no failure of ours", async () => {
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"id":'));
    },
    pull(controller) {
      controller.error(new Error("aborted"));
    },
  });
  const sent = { method: "POST", body: broken, duplex: "half" };
  const request = new Request("http://localhost/api/chat", sent);
  await expect(readJsonBody(request)).rejects.toMatchObject({ type: "invalid_request" });
});
