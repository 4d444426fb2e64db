"use client";

import { PlugZap } from "lucide-react";
import Link from "next/link";
import { Alert } from "@/app/_ui/alert";
import { buttonClass } from "@/app/_ui/button";
import { t } from "@/lib/i18n/translator";

interface OfflineNoticeProps {
  /** The providers whose lists could not be read. */
  unread: readonly string[];
  isAdministrator: boolean;
}

/** While no model can be reached: what answers instead, and what there is to do about it. */
export default function OfflineNotice({ unread, isAdministrator }: OfflineNoticeProps) {
  return (
    <div className="mt-5">
      <Alert
        tone="info"
        icon={PlugZap}
        title={t("offline.title")}
        actions={
          <>
            <SettingsLink path="/settings/keys">{t("error.enterKey")}</SettingsLink>
            {isAdministrator && <SettingsLink path="/settings/models">{t("offline.addServer")}</SettingsLink>}
          </>
        }
      >
        {unread.length > 0 && <p>{t("offline.unread", { providers: unread.join(", ") })}</p>}
        <p className="text-ink-soft">{isAdministrator ? t("offline.administrator") : t("offline.member")}</p>
      </Alert>
    </div>
  );
}

function SettingsLink({ path, children }: { path: string; children: string }) {
  return (
    <Link href={path} prefetch={false} className={buttonClass("tinted", "small")}>
      {children}
    </Link>
  );
}
