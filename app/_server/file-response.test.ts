import { expect, test } from "vitest";
import { fileWithin } from "@/lib/chats/stored-file";
import { fileResponse } from "./file-response";

test.each(["image/png", "image/jpeg", "image/webp", "image/gif"])("%s is shown", (type) => {
  const { headers } = served(type);
  expect([headers.get("content-type"), headers.get("content-disposition")]).toEqual([type, "inline"]);
});

test.each(["image/svg+xml", "text/html", "application/pdf", "application/xhtml+xml"])(
  "%s, which may run something, is only saved",
  (type) => {
    const { headers } = served(type);
    expect(headers.get("content-type")).toBe("application/octet-stream");
    expect(headers.get("content-disposition")).toBe("attachment");
  },
);

test("an address that leads elsewhere holds no file", () => {
  for (const url of ["https://example.com/a.png", "data:image/png,abc", "javascript:alert(1)", ""])
    expect(fileWithin(url)).toBeNull();
});

function served(type: string): Response {
  const file = fileWithin(`data:${type};base64,AAAA`);
  if (!file) throw new Error("there is no file in it");
  return fileResponse(file);
}
