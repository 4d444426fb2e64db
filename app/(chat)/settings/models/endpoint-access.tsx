"use client";

import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Button } from "@/app/_ui/button";
import { Switch } from "@/app/_ui/switch";
import { TextArea } from "@/app/_ui/text-area";
import { showToast } from "@/app/_ui/toasts";
import { changeInstallation, getInstallation } from "@/lib/api/settings";
import { t } from "@/lib/i18n/model-settings-translator";
import type { KeyAccess } from "@/lib/vault/key-access";

const hostsMax = 100;

/** The administrator's: who may add endpoints, and where these may be. */
export function EndpointAccess({ access }: { access: KeyAccess }) {
  const router = useRouter();
  const [isPersonal, setPersonal] = useState(access.personalEndpoints);
  const [problem, setProblem] = useState<string | null>(null);
  const [progress, setProgress] = useState<"idle" | "saving" | "saved">("idle");

  /** Read again: the settings of keys stand beside these, and may have changed meanwhile. */
  async function change(changed: Partial<KeyAccess>): Promise<boolean> {
    try {
      const { keys } = await api(getInstallation);
      await api(changeInstallation, { body: { keys: { ...keys, ...changed } } });
      router.refresh();
      return true;
    } catch (cause) {
      showToast(toFailure(cause).message);
      return false;
    }
  }

  async function choosePersonal(personalEndpoints: boolean) {
    setPersonal(personalEndpoints);
    if (!(await change({ personalEndpoints }))) setPersonal(!personalEndpoints);
  }

  async function saveHosts(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("privateHosts") ?? "");
    const privateHosts = text.split(/[\s,]+/).filter(Boolean);
    if (privateHosts.length > hostsMax) return setProblem(t("endpoint.privateHostsTooMany"));
    setProgress("saving");
    setProgress((await change({ privateHosts })) ? "saved" : "idle");
  }

  return (
    <div className="grid max-w-prose gap-5">
      <Switch
        label={t("endpoint.personal")}
        hint={t("endpoint.personalHint")}
        checked={isPersonal}
        onChange={choosePersonal}
      />
      <form method="post" onSubmit={saveHosts} className="grid gap-4">
        <TextArea
          name="privateHosts"
          label={t("endpoint.privateHosts")}
          hint={t("endpoint.privateHostsHint")}
          problem={problem}
          defaultValue={access.privateHosts.join("\n")}
          onChange={() => {
            setProblem(null);
            setProgress("idle");
          }}
          spellCheck={false}
        />
        <div className="flex min-h-10 items-center gap-4">
          <Button type="submit" aria-disabled={progress === "saving"}>
            {t(progress === "saving" ? "state.working" : "action.save")}
          </Button>
          <output className="flex items-center gap-1.5 text-sm text-ink-soft">
            {progress === "saved" && (
              <>
                <Check aria-hidden className="size-4 text-accent" />
                {t("settings.saved")}
              </>
            )}
          </output>
        </div>
      </form>
    </div>
  );
}
