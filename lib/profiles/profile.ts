import { z } from "zod";
import { idSchema } from "@/lib/chats/id";

export const profileNameSchema = z.string().trim().min(1).max(200);
export const profileDescriptionSchema = z.string().max(100_000);

/** How many a person may have. */
export const profilesMax = 200;

/** Who a person is in a chat. */
export const profileSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  /** Used where neither the chat nor its character names one. */
  isDefault: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export type Profile = z.infer<typeof profileSchema>;
