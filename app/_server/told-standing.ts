import type { ToldStanding } from "@/lib/api/usage";
import type { Standing } from "@/lib/usage/standing";

export function toldStanding({ startsAt, renewsAt, ...standing }: Standing): ToldStanding {
  return { ...standing, startsAt: startsAt.toISOString(), renewsAt: renewsAt.toISOString() };
}
