"use client";

import { PlugZap } from "lucide-react";
import Link from "next/link";
import { Suspense, use } from "react";
import { Alert } from "@/app/_ui/alert";
import { buttonClass } from "@/app/_ui/button";
import { t } from "@/lib/i18n/translator";
import type { ModelChoice } from "./models/model-choice";

interface GreetingProps {
  models: Promise<ModelChoice>;
  isAdministrator: boolean;
  /** Of one without a first message, or whose messages were deleted. */
  isOfCharacter: boolean;
}

export function Greeting(props: GreetingProps) {
  const { isOfCharacter } = props;
  return (
    <div className="mx-auto flex w-full max-w-column flex-1 shrink-0 flex-col justify-center px-5 pt-4 pb-6 md:flex-none md:pb-8">
      <p className="font-display text-2xl font-medium tracking-tight text-balance">
        {t(isOfCharacter ? "greeting.ofCharacter" : "greeting.title")}
      </p>
      <Suspense>
        <OfflineNotice {...props} />
      </Suspense>
      {!isOfCharacter && (
        <Link
          href="/characters"
          prefetch={false}
          className="touch-target mt-3 w-fit text-sm text-ink-soft underline decoration-line-strong underline-offset-4 transition-colors hover:text-accent"
        >
          {t("greeting.character")}
        </Link>
      )}
    </div>
  );
}

function OfflineNotice({ models, isAdministrator, isOfCharacter }: GreetingProps) {
  const { isOffline, unread } = use(models);
  if (!isOffline)
    return (
      <p className="mt-2 text-ink-soft">{t(isOfCharacter ? "greeting.ofCharacterText" : "greeting.text")}</p>
    );
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
