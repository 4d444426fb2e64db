import useSWR from "swr/whole";
import { getUsage } from "@/lib/api/usage";
import type { UsageQuery } from "@/lib/usage/usage-reports";
import { api } from "./api";

/** Days are those of this browser's time zone. */
export function useUsage(query: Partial<Omit<UsageQuery, "tz">>) {
  const tz = browserTimeZone();
  return useSWR(["usage", tz, query], () => api(getUsage, { query: { ...query, tz } }), {
    keepPreviousData: true,
  });
}

export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
