import { type SQL, sql } from "drizzle-orm";
import { favouritesMax, type ModelPreferencesChange, recentMax } from "@/lib/models/model-preferences";

/** What stands in `models` after a change, as an expression over what stands there before: what it does not name is kept. */
export function changedModels(models: SQL, change: ModelPreferencesChange): SQL {
  const { defaultModel, addFavourite, removeFavourite, chosen } = change;
  const known = ofType(models, "object", sql`'{}'::jsonb`);
  const list = (name: string) => ofType(sql`${models} -> ${name}`, "array", sql`'[]'::jsonb`);
  const fields: SQL[] = [];
  if (defaultModel !== undefined) fields.push(sql`jsonb_build_object('defaultModel', ${defaultModel}::text)`);
  if (addFavourite !== undefined || removeFavourite !== undefined) {
    const others = [addFavourite, removeFavourite].reduce(
      (left, id) => (id === undefined ? left : sql`${left} - ${id}::text`),
      list("favourites"),
    );
    const all = addFavourite === undefined ? others : sql`(${others}) || to_jsonb(${addFavourite}::text)`;
    fields.push(sql`jsonb_build_object('favourites',
      jsonb_path_query_array(${all}, ${`$[last - ${favouritesMax - 1} to last]`}::jsonpath))`);
  }
  if (chosen !== undefined) {
    fields.push(sql`jsonb_build_object('recent', jsonb_path_query_array(
      to_jsonb(array[${chosen}::text]) || (${list("recent")} - ${chosen}::text),
      ${`$[0 to ${recentMax - 1}]`}::jsonpath))`);
  }
  return sql.join([known, ...fields], sql` || `);
}

/** What another version has stored may be of any shape. */
function ofType(value: SQL, type: "object" | "array", otherwise: SQL): SQL {
  return sql`case when jsonb_typeof(${value}) = ${type} then ${value} else ${otherwise} end`;
}
