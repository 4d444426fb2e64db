import { z } from "zod";
import type { Part } from "./part";

const urlSourceSchema = z.looseObject({
  type: z.literal("source-url"),
  sourceId: z.string(),
  url: z.string(),
  title: z.string().optional(),
});

const documentSourceSchema = z.looseObject({
  type: z.literal("source-document"),
  sourceId: z.string(),
  mediaType: z.string(),
  title: z.string(),
  filename: z.string().optional(),
});

export type UrlSource = z.infer<typeof urlSourceSchema>;
export type DocumentSource = z.infer<typeof documentSourceSchema>;

export function isUrlSource(part: Part): part is UrlSource {
  return urlSourceSchema.safeParse(part).success;
}

export function isDocumentSource(part: Part): part is DocumentSource {
  return documentSourceSchema.safeParse(part).success;
}
