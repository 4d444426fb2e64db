const mebibyte = 1024 * 1024;

/** What a card may take up. Cards of the usual collections stay a tenth below. */
export const cardLimits = {
  fileBytesMax: 20 * mebibyte,
  chunkBytesMax: 8 * mebibyte,
  /** The card's JSON, decoded. */
  textBytesMax: 4 * mebibyte,
  chunksMax: 1_000,
  /** Encoders cut pixels into pieces of as little as 8 KiB; a file of the largest size has 2,500 of those. */
  pixelChunksMax: 5_000,
  depthMax: 60,
  pixelsAcrossMax: 4_096,
  nameLengthMax: 500,
  loreEntriesMax: 5_000,
} as const;
