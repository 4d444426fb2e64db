import { ExternalLink } from "lucide-react";
import { buttonClass } from "@/app/_ui/button";
import { connectOpenRouter, type KeyScope } from "@/lib/api/keys";
import { t } from "@/lib/i18n/keys-translator";

interface ConnectLinkProps {
  scope: KeyScope;
  /** The path to come back to; without it the settings. */
  back?: string;
  /** Where there is a key already. */
  isAgain?: boolean;
  look: "primary" | "outline";
}

/** No `Link` of the router: the way leads through our API to another site. */
export function ConnectLink({ scope, back, isAgain = false, look }: ConnectLinkProps) {
  const query = new URLSearchParams({ scope, ...(back !== undefined && { back }) });
  return (
    <a href={`${connectOpenRouter.path}?${query}`} className={buttonClass(look)}>
      <ExternalLink aria-hidden className="size-4" />
      {t(isAgain ? "keys.connectAgain" : "keys.connect")}
    </a>
  );
}
