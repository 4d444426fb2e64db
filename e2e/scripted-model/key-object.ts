/** The `data` of `GET /key`: the limits of the key that asks. */
export function keyObject(key: string) {
  return {
    label: `${key.slice(0, 8)}...${key.slice(-3)}`,
    limit: 100,
    limit_remaining: 98.5,
    limit_reset: null,
    usage: 1.5,
    usage_daily: 0.5,
    usage_weekly: 1,
    usage_monthly: 1.5,
    is_free_tier: false,
    is_provisioning_key: false,
    rate_limit: { requests: -1, interval: "10s", note: "This field is deprecated and safe to ignore." },
  };
}
