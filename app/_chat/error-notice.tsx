"use client";

import { ClipboardCopy } from "lucide-react";
import Link from "next/link";
import { lazy, Suspense, useState } from "react";
import { toFailure } from "@/app/_client/chat-failure";
import { Alert } from "@/app/_ui/alert";
import { Button, buttonClass } from "@/app/_ui/button";
import { MenuButton } from "@/app/_ui/menu-button";
import { showToast } from "@/app/_ui/toasts";
import { writeClipboard } from "@/app/_ui/write-clipboard";
import type { ChatError } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/translator";
import { kindOf } from "./error-kinds";
import type { ModelName } from "./model-choice";
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
}: ErrorNoticeProps) {
  const { icon, tone, isOfModel, isOfKey, isOfBudget } = kindOf(error);
  const seconds = useSecondsUntil(failedAt === undefined ? null : failedAt + (error.retryAfterMs ?? 0));
  const isOffered = onRetry !== undefined && (error.retryable || canAlwaysRetry);
  return (
    <div className="my-4 animate-appear">
      <Alert tone={tone} icon={icon} isUrgent={failedAt !== undefined}>
        <p>{error.message}</p>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {onContinue && (
            <Button size="small" onClick={onContinue}>
              {t("action.continue")}
            </Button>
          )}
          {isOffered && (
            <Button
              size="small"
              aria-disabled={seconds > 0}
              onClick={() => {
                if (seconds === 0) onRetry();
              }}
            >
              {seconds > 0 ? t("error.retryIn", { seconds }) : retryLabel}
            </Button>
          )}
          {onOtherModel && isOfModel && <OtherModel onChoose={onOtherModel} />}
          {isOfKey && (
            <>
              {onRetry && <EnterKey provider={error.provider} onSaved={onRetry} />}
              <Link href="/settings/keys" prefetch={false} className={buttonClass("outline", "small")}>
                {t("error.openSettings")}
              </Link>
            </>
          )}
          {isOfBudget && (
            <Link href="/settings/usage" prefetch={false} className={buttonClass("outline", "small")}>
              {t("error.openSettings")}
            </Link>
          )}
          {onEdit && (
            <Button size="small" look="quiet" onClick={onEdit}>
              {t("action.edit")}
            </Button>
          )}
          {error.requestId !== "" && <CopyDetails error={error} />}
        </div>
      </Alert>
    </div>
  );
}

const loadPicker = () => import("./model-picker");
const ModelPicker = lazy(loadPicker);

function OtherModel({ onChoose }: { onChoose(model: ModelName): void }) {
  return (
    <MenuButton
      popup="listbox"
      preload={loadPicker}
      className={buttonClass("outline", "small")}
      renderMenu={(menu) => <ModelPicker {...menu} chosen="" onChoose={onChoose} />}
    >
      {t("error.otherModel")}
    </MenuButton>
  );
}

const loadKeyDialog = () => import("./keys/key-dialog");
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
      <Button size="small" onClick={open}>
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

/** What the person who runs this Parley needs to find it in the logs. */
function CopyDetails({ error }: { error: ChatError }) {
  const [isCopied, setCopied] = useState(false);
  const { type, requestId, provider, message } = error;

  async function copy() {
    setCopied(await writeClipboard(JSON.stringify({ type, provider, requestId, message }, null, 2)));
  }
  return (
    <Button size="small" look="quiet" onClick={copy}>
      <ClipboardCopy aria-hidden className="size-3.5" />
      {isCopied ? t("message.copied") : t("error.copyDetails")}
    </Button>
  );
}
