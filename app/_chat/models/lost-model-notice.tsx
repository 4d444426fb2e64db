"use client";

import { CircleAlert } from "lucide-react";
import Link from "next/link";
import { Alert } from "@/app/_ui/alert";
import { Button, buttonClass } from "@/app/_ui/button";
import { t } from "@/lib/i18n/model-translator";
import type { ModelChoice, ModelName } from "./model-choice";

interface LostModelNoticeProps {
  name: string;
  lost: NonNullable<ModelChoice["lost"]>;
  onChoose(model: ModelName): void;
}

/** Says that the chat's model cannot answer any more, before a question has to find out. */
export default function LostModelNotice({ name, lost, onChoose }: LostModelNoticeProps) {
  const { reason, replacement } = lost;
  return (
    <div className="px-2.5 pb-2">
      <Alert tone="warn" icon={CircleAlert}>
        <p>
          {t(reason === "key_missing" ? "model.lostKey" : "model.lost", { name })}
          {replacement && ` ${t("model.lostReplacement", { name: replacement.name })}`}
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          {replacement && (
            <Button size="small" onClick={() => onChoose(replacement)}>
              {t("model.switchTo", { name: replacement.name })}
            </Button>
          )}
          {reason === "key_missing" && (
            <Link href="/settings/keys" prefetch={false} className={buttonClass("outline", "small")}>
              {t("model.addKey")}
            </Link>
          )}
        </div>
      </Alert>
    </div>
  );
}
