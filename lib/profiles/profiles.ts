import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import type { changeProfile, createProfile, listProfiles } from "@/lib/api/profiles";
import { createId } from "@/lib/chats/id";
import { AppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import { type Profile, profilesMax } from "./profile";
import type { ProfileStore, StoredProfile } from "./profile-store";

export type Profiles = ReturnType<typeof createProfiles>;

/** What a person does with their profiles. Throws `not_found` for every one that is not theirs. */
export function createProfiles({ store, bus }: { store: ProfileStore; bus: Bus }) {
  return {
    async list(actor: Actor): Promise<z.input<typeof listProfiles.answer>> {
      return { items: (await store.list(actor.userId)).map(present) };
    },

    async create(actor: Actor, wanted: z.output<typeof createProfile.body>): Promise<Profile> {
      const created = await store.create(actor.userId, { id: createId(), ...wanted }, profilesMax);
      bus.publish("cast");
      return present(created);
    },

    async change(
      actor: Actor,
      profileId: string,
      wanted: z.output<typeof changeProfile.body>,
    ): Promise<Profile> {
      const changed = await store.change(actor.userId, profileId, wanted);
      if (!changed) throw new AppError("not_found", "no such profile");
      bus.publish("cast");
      return present(changed);
    },

    async remove(actor: Actor, profileId: string): Promise<{ removed: true }> {
      if (!(await store.remove(actor.userId, profileId))) throw new AppError("not_found", "no such profile");
      bus.publish("cast");
      return { removed: true };
    },
  };
}

function present({ createdAt, updatedAt, ...profile }: StoredProfile): Profile {
  return { ...profile, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
