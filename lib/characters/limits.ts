const mebibyte = 1024 * 1024;

/** What a card may take up. Cards of the usual collections stay a tenth below. What may be kept can go out and come in again. */
export const cardLimits = {
  /** The largest picture with the largest card in it twice, in base64, which takes a third more. */
  fileBytesMax: 31 * mebibyte,
  /** Without a card in it. */
  pictureBytesMax: 20 * mebibyte,
  chunkBytesMax: 8 * mebibyte,
  /** The card's JSON, decoded. */
  textBytesMax: 4 * mebibyte,
  /** A lorebook as world info, which says of 5,000 entries what their card leaves out, and of each `/` in a pattern three letters. */
  worldInfoBytesMax: 20 * mebibyte,
  /** Of a picture, besides its pixels. */
  chunksMax: 1_000,
  cardChunksMax: 2,
  /** Encoders cut pixels into pieces of as little as 8 KiB; a file of the largest size has 2,500 of those. */
  pixelChunksMax: 5_000,
  depthMax: 60,
  pixelsAcrossMax: 4_096,
  nameLengthMax: 500,
  loreEntriesMax: 5_000,
} as const;
