/**
 * Where a cost comes from: `held` while the answer is being written, `reported` by the provider with the
 * answer, `estimated` from counted tokens and the catalogue's prices, `reconciled` by asking the provider later.
 */
export const usageSources = ["held", "reported", "estimated", "reconciled"] as const;

export type UsageSource = (typeof usageSources)[number];

/** What a call of a model was for. */
export const usageKinds = ["answer", "title", "summary"] as const;

export type UsageKind = (typeof usageKinds)[number];

/**
 * Whose limits stand over what a person spends: their own, whoever's key pays; the installation's for each person, where its
 * key does; and the installation's for all guests together.
 */
export const budgetOwners = ["person", "installation", "guests"] as const;

export type BudgetOwner = (typeof budgetOwners)[number];
