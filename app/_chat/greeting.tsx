"use client";

import Link from "next/link";
import { Suspense, use } from "react";
import { lazyOrNothing } from "@/app/_ui/lazy-or-nothing";
import { t } from "@/lib/i18n/translator";
import type { ModelChoice } from "./models/model-choice";

const OfflineNotice = lazyOrNothing(() => import("./offline-notice"));

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
        <Invitation {...props} />
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

function Invitation({ models, isAdministrator, isOfCharacter }: GreetingProps) {
  const { isOffline, unread } = use(models);
  if (isOffline) return <OfflineNotice unread={unread} isAdministrator={isAdministrator} />;
  return (
    <p className="mt-2 text-ink-soft">{t(isOfCharacter ? "greeting.ofCharacterText" : "greeting.text")}</p>
  );
}
