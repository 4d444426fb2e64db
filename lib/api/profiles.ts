import { z } from "zod";
import { idSchema } from "@/lib/chats/id";
import { profileDescriptionSchema, profileNameSchema, profileSchema } from "@/lib/profiles/profile";
import { nothing } from "./nothing";
import { operation } from "./operation";

const profileParams = z.object({ profileId: idSchema });

export const listProfiles = operation({
  method: "GET",
  path: "/api/profiles",
  summary: "Who the person is in their chats: all of their profiles, by name.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ items: z.array(profileSchema) }),
});

export const createProfile = operation({
  method: "POST",
  path: "/api/profiles",
  summary: "Adds a profile; the first is the default unless isDefault says otherwise.",
  params: nothing,
  query: nothing,
  body: z.strictObject({
    name: profileNameSchema,
    description: profileDescriptionSchema.optional(),
    isDefault: z.boolean().optional(),
  }),
  answer: profileSchema,
});

export const changeProfile = operation({
  method: "PATCH",
  path: "/api/profiles/{profileId}",
  summary: "Changes a profile, or makes it the default, of which there is one at most.",
  params: profileParams,
  query: nothing,
  body: z
    .strictObject({
      name: profileNameSchema,
      description: profileDescriptionSchema,
      isDefault: z.boolean(),
    })
    .partial()
    .refine((change) => Object.keys(change).length > 0, "nothing to change"),
  answer: profileSchema,
});

export const deleteProfile = operation({
  method: "DELETE",
  path: "/api/profiles/{profileId}",
  summary: "Deletes a profile; chats and characters that used it have none afterwards.",
  params: profileParams,
  query: nothing,
  body: nothing,
  answer: z.object({ removed: z.literal(true) }),
});
