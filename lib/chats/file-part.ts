import { z } from "zod";
import type { Part } from "./part";

const filePartSchema = z.looseObject({
  type: z.literal("file"),
  mediaType: z.string(),
  /** `data:` with the file itself, or where it is. */
  url: z.string(),
  filename: z.string().optional(),
});

export type FilePart = z.infer<typeof filePartSchema>;

export function isFilePart(part: Part): part is FilePart {
  return filePartSchema.safeParse(part).success;
}

/** Of the types that every browser draws and none runs. */
export function isPicture(mediaType: string): boolean {
  return /^image\/(?:png|jpeg|webp|gif|avif)$/.test(mediaType);
}

/** What a model has made and Parley does not keep. */
export const leftOutFilesSchema = z.object({
  kind: z.literal("image"),
  reason: z.enum(["too_large", "too_many", "unsupported"]),
  count: z.number().int().positive(),
});

export type LeftOutFiles = z.infer<typeof leftOutFilesSchema>;

const leftOutPartSchema = z.looseObject({
  type: z.literal("data-left-out"),
  id: z.string(),
  data: leftOutFilesSchema,
});

export type LeftOutPart = z.infer<typeof leftOutPartSchema>;

export function isLeftOutPart(part: Part): part is LeftOutPart {
  return leftOutPartSchema.safeParse(part).success;
}
