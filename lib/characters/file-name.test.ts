import { expect, test } from "vitest";
import { fileNameOf } from "./file-name";

test.each([
  ["Ada", `filename="Ada.png"; filename*=UTF-8''Ada.png`],
  ["Ähm (1)", `filename="hm 1.png"; filename*=UTF-8''%C3%84hm%20%281%29.png`],
  [
    '../"x"\r\nSet-Cookie: a',
    `filename="x Set-Cookie a.png"; filename*=UTF-8''..%20%20x%20%20%20Set-Cookie%20%20a.png`,
  ],
  ["🦊", `filename="character.png"; filename*=UTF-8''%F0%9F%A6%8A.png`],
  ["///", `filename="character.png"; filename*=UTF-8''character.png`],
])("%j becomes a file name that no header breaks on", (name, expected) => {
  expect(fileNameOf(name, "png")).toBe(expected);
});
