"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { lazy, Suspense, useState } from "react";
import { focusToQuestion } from "@/app/_chat/composer/focus-to-question";
import type { ModelName } from "@/app/_chat/models/model-choice";
import { toFailure } from "@/app/_client/chat-failure";
import { Alert } from "@/app/_ui/alert";
import { Button, buttonClass } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button";
import { IconButton } from "@/app/_ui/icon-button";
import { MenuButton } from "@/app/_ui/menu-button";
import { showToast } from "@/app/_ui/toasts";
import type { ChatError } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/translator";
import { kindOf } from "./error-kinds";
import { useSecondsUntil } from "./use-seconds-until";

interface ErrorNoticeProps {
  error: ChatError;
  /** When it was learned of, in this browser's time; a wait counts from there. */
  failedAt?: number;
  onRetry?: () => void;
  retryLabel?: string;
  /** A question of the person's own may be sent again whatever the reason was. */
  canAlwaysRetry?: boolean;
  onEdit?: () => void;
  /** Goes on from what is there. */
  onContinue?: () => void;
  /** The same with another model; offered where that may help. */
  onOtherModel?: (model: ModelName) => void;
  /** Where nothing else would take it away. */
  onDismiss?: () => void;
}

/** Every failure looks the same: what happened, what to do, and a way to do it. */
export function ErrorNotice({
  error,
  failedAt,
  onRetry,
  retryLabel = t("action.retry"),
  canAlwaysRetry = false,
  onEdit,
  onContinue,
  onOtherModel,
  onDismiss,
}: ErrorNoticeProps) {
  const { icon, tone, isOfModel, isOfKey, isOfBudget } = kindOf(error);
  const seconds = useSecondsUntil(failedAt === undefined ? null : failedAt + (error.retryAfterMs ?? 0));
  const actions = [
    onContinue && (
      <Button key="continue" look="tinted" size="small" onClick={onContinue}>
        {t("action.continue")}
      </Button>
    ),
    onRetry && (error.retryable || canAlwaysRetry) && (
      <Button
        key="retry"
        look="tinted"
        size="small"
        aria-disabled={seconds > 0}
        onClick={() => {
          if (seconds === 0) onRetry();
        }}
      >
        {seconds > 0 ? t("error.retryIn", { seconds }) : retryLabel}
      </Button>
    ),
    onOtherModel && isOfModel && <OtherModel key="model" onChoose={onOtherModel} />,
    onRetry && isOfKey && <EnterKey key="key" provider={error.provider} onSaved={onRetry} />,
    isOfKey && <SettingsLink key="keys" path="/settings/keys" />,
    isOfBudget && <SettingsLink key="usage" path="/settings/usage" />,
    onEdit && (
      <Button key="edit" look="tinted" size="small" onClick={onEdit}>
        {t("action.edit")}
      </Button>
    ),
  ].filter(Boolean);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div ref={focusToQuestion} role="group" aria-label={t("error.label")} className="my-4 animate-appear">
      <Alert
        tone={tone}
        icon={icon}
        isUrgent={failedAt !== undefined}
        actions={actions.length > 0 && actions}
        corner={
          <>
            <CopyButton
              label={t("error.copyDetails")}
              copiedLabel={t("message.copied")}
              failedLabel={t("message.copyFailed")}
              read={() => detailsOf(error, failedAt)}
            />
            {onDismiss && (
              <IconButton icon={X} size="small" label={t("action.dismiss")} onClick={onDismiss} />
            )}
          </>
        }
      >
        <p>{error.message}</p>
      </Alert>
    </div>
  );
}

const loadPicker = () => import("@/app/_chat/models/model-picker");
const ModelPicker = lazy(loadPicker);

function OtherModel({ onChoose }: { onChoose(model: ModelName): void }) {
  return (
    <MenuButton
      popup="listbox"
      preload={loadPicker}
      className={buttonClass("tinted", "small")}
      renderMenu={(menu) => <ModelPicker {...menu} chosen="" onChoose={onChoose} />}
    >
      {t("error.otherModel")}
    </MenuButton>
  );
}

const loadKeyDialog = () => import("@/app/_chat/keys/key-dialog");
const KeyDialog = lazy(loadKeyDialog);

function EnterKey({ provider, onSaved }: { provider: string | null; onSaved(): void }) {
  const [isOpen, setOpen] = useState(false);

  async function open() {
    try {
      await loadKeyDialog();
      setOpen(true);
    } catch (cause) {
      showToast(toFailure(cause).message);
    }
  }
  return (
    <>
      <Button look="tinted" size="small" onClick={open}>
        {t("error.enterKey")}
      </Button>
      {isOpen && (
        <Suspense>
          <KeyDialog provider={provider} onSaved={onSaved} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function SettingsLink({ path }: { path: string }) {
  return (
    <Link href={path} prefetch={false} className={buttonClass("tinted", "small")}>
      {t("error.openSettings")}
    </Link>
  );
}

/** What the person who runs this Parley needs to find it in the logs; without an id the time must do. */
function detailsOf({ type, provider, requestId, message }: ChatError, failedAt: number | undefined): string {
  const time = failedAt === undefined ? undefined : new Date(failedAt).toISOString();
  return JSON.stringify({ type, provider, requestId: requestId || undefined, time, message }, null, 2);
}
