/** What is said of costs and limits: it loads with what shows them. */
export const usageEnglish = {
  "limit.person":
    "This would go over your own limit of {limit} a {period}: {left} is left. It renews on {renewal}.",
  "limit.installation":
    "This would go over what this Parley allows you, {limit} a {period}: {left} is left. It renews on {renewal}.",
  "limit.held": "{held} of it is kept back for answers that are being written now.",
  "limit.day": "day",
  "limit.week": "week",
  "limit.month": "month",
} as const;
