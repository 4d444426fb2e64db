import type { Card } from "./card";
import { cardProblem } from "./card-problem";
import type { CardVersion } from "./card-version";
import { decodeText } from "./decode-text";
import { cardLimits } from "./limits";
import { parseCardText } from "./parse-card";
import { isOtherPicture, type PictureType, requirePicture } from "./picture";
import { cardTextIn, withCards, withoutCard } from "./png/card-chunk";
import { isPng } from "./png/chunks";
import { plainPicture } from "./png/plain-picture";
import { writeCard } from "./write-card";

/** A picture as it is kept: as it was given, without the card in it. */
export interface Picture {
  mediaType: PictureType;
  body: Uint8Array<ArrayBuffer>;
}

export interface CardFile {
  card: Card;
  /** `null` for a card that came as JSON. */
  picture: Picture | null;
}

/** Reads a file that somebody gave, PNG or JSON by its bytes. Throws a `cardProblem` that says what is wrong. */
export function readCardFile(file: Uint8Array): CardFile {
  if (file.length > cardLimits.fileBytesMax) {
    throw cardProblem("file_too_large", { bytesMax: cardLimits.fileBytesMax });
  }
  if (isPng(file)) return { card: parseCardText(cardTextIn(file)), picture: readPicture(file) };
  if (file[0] === 0x50 && file[1] === 0x4b) throw cardProblem("charx");
  const first = Buffer.from(file.subarray(0, 64)).toString("latin1").replace("\u00ef\u00bb\u00bf", "");
  if (/^\s*[{[]/.test(first)) return { card: parseCardText(decodeText(file)), picture: null };
  if (isOtherPicture(file)) throw cardProblem("picture_without_card");
  // The signature begins with the letters PNG: a file that has them, and not the rest, was mangled on its way.
  throw cardProblem(first.slice(0, 8).includes("PNG") ? "bad_signature" : "unknown_format");
}

/** Throws as `requirePicture` does, and `picture_file_too_large` where too much is left without the card. */
export function readPicture(file: Uint8Array): Picture {
  const mediaType = requirePicture(file);
  const body = mediaType === "image/png" ? withoutCard(file) : Uint8Array.from(file);
  const { pictureBytesMax } = cardLimits;
  if (body.length > pictureBytesMax)
    throw cardProblem("picture_file_too_large", { bytesMax: pictureBytesMax });
  return { mediaType, body };
}

/** Indented for people, unless only the indentation would make it too large to be read here again. */
export function writeJsonFile(card: Card, version: CardVersion): string {
  const written = writeCard(card, version);
  const indented = `${JSON.stringify(written, null, 2)}\n`;
  return Buffer.byteLength(indented) <= cardLimits.textBytesMax ? indented : JSON.stringify(written);
}

/**
 * The card in its picture, or in a plain one. As version 3 it is there for readers of version 2 as well; of version 1
 * there is that alone. Throws
 * `picture_not_png` for a picture of another kind: its pixels would have to be drawn anew.
 */
export function writePngFile(
  card: Card,
  picture: Picture | null,
  version: CardVersion,
): Uint8Array<ArrayBuffer> {
  if (picture && picture.mediaType !== "image/png") throw cardProblem("picture_not_png");
  const chara = JSON.stringify(writeCard(card, version === "v1" ? "v1" : "v2"));
  const ccv3 = JSON.stringify(writeCard(card, "v3"));
  return withCards(
    picture?.body ?? plainPicture(card.data.name),
    version === "v3" ? { chara, ccv3 } : { chara },
  );
}
