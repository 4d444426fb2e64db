/**
 * Where a cost comes from: `held` while the answer is being written, `reported` by the provider with the
 * answer, `estimated` from counted tokens and the catalogue's prices, `reconciled` by asking the provider later.
 */
export const usageSources = ["held", "reported", "estimated", "reconciled"] as const;

export type UsageSource = (typeof usageSources)[number];
