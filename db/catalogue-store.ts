import { eq, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { catalogueModelSchema } from "@/lib/models/catalogue";
import type { CatalogueStore } from "@/lib/models/catalogue-store";
import type { Db } from "./client";
import { modelCatalogue } from "./schema/models";

const modelsSchema = z.array(catalogueModelSchema);

export function createCatalogueStore(db: Db): CatalogueStore {
  return {
    async get(shelf) {
      const [found] = await db.select().from(modelCatalogue).where(eq(modelCatalogue.shelf, shelf));
      const models = modelsSchema.safeParse(found?.models);
      return found && models.success ? { models: models.data, readAt: found.readAt } : null;
    },

    async keep(shelf, { models, readAt }, endpointId) {
      await db
        .insert(modelCatalogue)
        .values({ shelf, models, readAt, endpointId })
        .onConflictDoUpdate({
          target: modelCatalogue.shelf,
          set: { models: sql`excluded.models`, readAt: sql`excluded.read_at` },
          // Of two processes that have asked, the later answer stays.
          setWhere: lt(modelCatalogue.readAt, sql`excluded.read_at`),
        });
    },
  };
}
