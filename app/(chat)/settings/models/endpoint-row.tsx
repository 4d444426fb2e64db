"use client";

import { Check as CheckMark, CircleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Button } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { showToast } from "@/app/_ui/toasts";
import type { ListedEndpoint } from "@/lib/api/endpoints";
import { changeInstallation, getInstallation } from "@/lib/api/settings";
import type { ChatError } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/model-settings-translator";

export type Check =
  | { status: "checking" }
  | { status: "ok"; modelCount: number }
  | { status: "failed"; error: ChatError };

interface EndpointRowProps {
  endpoint: ListedEndpoint;
  check: Check | null;
  /** Else it can only be removed. */
  isUsable: boolean;
  isAdministrator: boolean;
  onCheck(): Promise<void>;
  onEdit(): void;
  onRemove(): void;
}

export function EndpointRow({
  endpoint,
  check,
  isUsable,
  isAdministrator,
  onCheck,
  onEdit,
  onRemove,
}: EndpointRowProps) {
  const { name, baseUrl, maskedKey, mayChange } = endpoint;
  const isChecking = check?.status === "checking";
  return (
    <li className="px-4 py-3 text-sm">
      <p className="font-medium">{name}</p>
      {baseUrl && (
        <p className="mt-0.5 text-ink-soft [overflow-wrap:anywhere]">
          {baseUrl}
          {maskedKey && <span className="ms-2 text-ink-faint">{maskedKey}</span>}
        </p>
      )}
      <div role="status">
        {isChecking && <p className="mt-1.5 text-ink-faint">{t("endpoint.checking")}</p>}
        {check?.status === "ok" && (
          <p className="mt-1.5 flex gap-1.5 text-ink-soft">
            <CheckMark aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
            {t("endpoint.fine", { count: check.modelCount })}
          </p>
        )}
        {check?.status === "failed" && (
          <p className="mt-1.5 flex gap-1.5 text-danger">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {check.error.message}
          </p>
        )}
      </div>
      {mayChange && (
        <div className="mt-2 -ml-3 flex flex-wrap gap-1">
          {isAdministrator && baseUrl && check?.status === "failed" && isPrivate(check.error) && (
            <AllowButton host={new URL(baseUrl).hostname} onAllowed={onCheck} />
          )}
          {isUsable && (
            <>
              <Button
                look="quiet"
                size="small"
                aria-label={t("endpoint.checkOf", { name })}
                aria-disabled={isChecking}
                onClick={isChecking ? undefined : () => void onCheck()}
              >
                {t("endpoint.check")}
              </Button>
              <Button look="quiet" size="small" aria-label={t("endpoint.editOf", { name })} onClick={onEdit}>
                {t("endpoint.edit")}
              </Button>
            </>
          )}
          <Button look="quiet" size="small" aria-label={t("endpoint.removeOf", { name })} onClick={onRemove}>
            {t("endpoint.remove")}
          </Button>
        </div>
      )}
    </li>
  );
}

function isPrivate({ details }: ChatError): boolean {
  return details?.reason === "private_address";
}

/** Lets endpoints be at this host, for everybody. */
function AllowButton({ host: hostname, onAllowed }: { host: string; onAllowed(): Promise<void> }) {
  const router = useRouter();
  const host = hostname.replace(/^\[|\]$/g, "");

  async function allow() {
    try {
      const { keys } = await api(getInstallation);
      const privateHosts = [...new Set([...keys.privateHosts, host])];
      await api(changeInstallation, { body: { keys: { ...keys, privateHosts } } });
      showToast(t("endpoint.allowed", { host }));
      router.refresh();
      await onAllowed();
    } catch (cause) {
      showToast(toFailure(cause).message);
    }
  }

  return (
    <Button
      size="small"
      className="ml-3"
      // To what can be done with the endpoint beside it.
      ref={handOnFocus((row) => row.querySelector("button")?.focus())}
      onClick={() => void allow()}
    >
      {t("endpoint.allow", { host })}
    </Button>
  );
}
