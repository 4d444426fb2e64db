import { CircleAlert } from "lucide-react";
import { Alert } from "@/app/_ui/alert";
import { Button } from "@/app/_ui/button";
import { focusToPage } from "@/app/_ui/hand-on-focus";
import { t } from "@/lib/i18n/usage-translator";

/** Stays while it is tried again, so that a keyboard keeps its place. */
export function UsageFailure({ isTrying, onRetry }: { isTrying: boolean; onRetry(): void }) {
  return (
    <div ref={focusToPage}>
      <Alert
        tone="danger"
        icon={CircleAlert}
        isUrgent
        actions={
          <Button
            look="tinted"
            size="small"
            aria-disabled={isTrying}
            onClick={() => {
              if (!isTrying) onRetry();
            }}
          >
            {t("action.retry")}
          </Button>
        }
      >
        <p>{t("usage.failed")}</p>
      </Alert>
    </div>
  );
}
