"use client";

import { usePathname } from "next/navigation";
import useSWR from "swr/whole";
import { api } from "@/app/_client/api";
import { Dialog } from "@/app/_ui/dialog";
import { showToast } from "@/app/_ui/toasts";
import { listKeys } from "@/lib/api/keys";
import { t } from "@/lib/i18n/keys-translator";
import { ConnectLink } from "./connect-link";
import { KeyForm, savedText } from "./key-form";

interface KeyDialogProps {
  /** That an answer failed for; unknown where nobody could have given it. */
  provider: string | null;
  onSaved(): void;
  onClose(): void;
}

/** Mends what an answer failed for: with a key that works it is tried again. */
export default function KeyDialog({ provider, onSaved, onClose }: KeyDialogProps) {
  const pathname = usePathname();
  const { data } = useSWR(listKeys.path, () => api(listKeys));
  const wanted = provider ?? "openrouter";
  const place = data?.providers.find((each) => each.provider === wanted);
  const name = place?.name ?? names.get(wanted) ?? wanted;
  return (
    <Dialog title={t("keys.repairTitle")} onClose={onClose}>
      <p className="mt-2 text-sm text-ink-soft text-pretty">{t("keys.repairText")}</p>
      <KeyForm
        provider={wanted}
        name={name}
        baseUrl={place?.baseUrl}
        scope="person"
        onCancel={onClose}
        onSaved={(problem) => {
          showToast(savedText(name, problem));
          onClose();
          onSaved();
        }}
      />
      {wanted === "openrouter" && (
        <div className="mt-6 border-t border-line pt-5">
          <p className="mb-3 text-sm text-ink-soft">{t("keys.repairConnect")}</p>
          <ConnectLink scope="person" back={pathname} look="outline" />
        </div>
      )}
    </Dialog>
  );
}

/** Until the server has said what it calls them. */
const names: ReadonlyMap<string, string> = new Map([
  ["openrouter", "OpenRouter"],
  ["openai", "OpenAI"],
]);
