import type { Env } from "@/lib/config/env";

/** Who may have an account now: whoever comes, only the first, who administers, or nobody more. */
export function createOpenTo(
  { signUp }: Pick<Env, "signUp">,
  installation: { isClaimed(): Promise<boolean> },
) {
  return async (): Promise<"first" | "everyone" | "nobody"> => {
    if (!(await installation.isClaimed())) return "first";
    return signUp === "open" ? "everyone" : "nobody";
  };
}
