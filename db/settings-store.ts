import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { installationSettingsSchema, personSettingsSchema } from "@/lib/settings/settings";
import type { SettingsStore } from "@/lib/settings/settings-store";
import type { Db } from "./client";
import { changedModels } from "./model-preferences";
import { installation } from "./schema/installation";
import { personSettings } from "./schema/settings";

export function createSettingsStore(db: Db): SettingsStore {
  return {
    async ofPerson(userId) {
      const [found] = await db
        .select({ settings: personSettings.settings })
        .from(personSettings)
        .where(eq(personSettings.userId, userId));
      return readable(personSettingsSchema, found?.settings);
    },

    async ofInstallation() {
      const [found] = await db.select({ settings: installation.settings }).from(installation);
      return readable(installationSettingsSchema, found?.settings);
    },

    async changePerson(userId, change) {
      const [changed] = await db
        .insert(personSettings)
        .values({ userId, settings: change })
        .onConflictDoUpdate({
          target: personSettings.userId,
          set: { settings: sql`${personSettings.settings} || excluded.settings`, updatedAt: sql`now()` },
        })
        .returning({ settings: personSettings.settings });
      return readable(personSettingsSchema, changed?.settings);
    },

    async changeModels(userId, change) {
      const former = sql`${personSettings.settings} -> 'models'`;
      const [changed] = await db
        .insert(personSettings)
        .values({
          userId,
          settings: sql`jsonb_build_object('models', ${changedModels(sql`'{}'::jsonb`, change)})`,
        })
        .onConflictDoUpdate({
          target: personSettings.userId,
          set: {
            settings: sql`${personSettings.settings} || jsonb_build_object('models', ${changedModels(former, change)})`,
            updatedAt: sql`now()`,
          },
        })
        .returning({ settings: personSettings.settings });
      return readable(personSettingsSchema, changed?.settings).models;
    },

    async changeInstallation(change) {
      const [changed] = await db
        .update(installation)
        .set({ settings: sql`${installation.settings} || ${JSON.stringify(change)}::jsonb` })
        .returning({ settings: installation.settings });
      if (!changed) throw new AppError("unavailable", "nobody administers this installation yet");
      return readable(installationSettingsSchema, changed.settings);
    },
  };
}

/** A capability that cannot be read has its default; the others stay as they were stored. */
function readable<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, stored: unknown) {
  const given = typeof stored === "object" && stored !== null ? stored : {};
  const whole = schema.safeParse(given);
  if (whole.success) return whole.data;
  const unreadable = new Set(whole.error.issues.map(({ path }) => path[0]));
  return schema.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !unreadable.has(name))));
}
