"use client";

import { CircleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Alert } from "@/app/_ui/alert";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { TextArea } from "@/app/_ui/text-area";
import { addEndpoint, changeEndpoint, type ListedEndpoint } from "@/lib/api/endpoints";
import type { ChatError } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/model-settings-translator";
import { priceLine, pricesIn } from "./price-lines";

interface EndpointDialogProps {
  scope: ListedEndpoint["scope"];
  /** `null` to add one. */
  endpoint: ListedEndpoint | null;
  onSaved(endpoint: ListedEndpoint): void;
  onClose(): void;
}

type Problem = { field: "name" | "baseUrl" | "key" | "prices" | null; text: string };

export function EndpointDialog({ scope, endpoint, onSaved, onClose }: EndpointDialogProps) {
  const [baseUrl, setBaseUrl] = useState(endpoint?.baseUrl ?? "");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [forgetsKey, setForgetsKey] = useState(false);
  const isMoved = endpoint !== null && baseUrl.trim().replace(/\/+$/, "") !== endpoint.baseUrl;
  const problemOf = (field: Problem["field"]) => (problem?.field === field ? problem.text : null);
  const masked = isMoved || forgetsKey ? null : (endpoint?.maskedKey ?? null);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isSaving) return;
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    const [name, key] = [text("name"), text("key")];
    if (name === "") return setProblem({ field: "name", text: t("endpoint.nameMissing") });
    if (!isAddress(baseUrl)) return setProblem({ field: "baseUrl", text: t("endpoint.baseUrlWrong") });
    const models = text("models").split(/\s+/).filter(Boolean);
    const prices = pricesIn(text("prices"));
    if (prices === null) return setProblem({ field: "prices", text: t("endpoint.pricesWrong") });
    const fields = { name, baseUrl: baseUrl.trim(), models, prices };
    setProblem(null);
    setSaving(true);
    try {
      if (endpoint === null) {
        return onSaved(
          await api(addEndpoint, { body: { ...fields, scope, key: key === "" ? undefined : key } }),
        );
      }
      const changedKey = key !== "" ? key : forgetsKey ? null : undefined;
      const params = { endpointId: endpoint.id };
      onSaved(await api(changeEndpoint, { params, body: { ...fields, key: changedKey } }));
    } catch (cause) {
      setSaving(false);
      setProblem(problemIn(toFailure(cause).error));
    }
  }

  return (
    <Dialog
      title={endpoint ? t("endpoint.editTitle", { name: endpoint.name }) : t("endpoint.addTitle")}
      onClose={onClose}
    >
      <form method="post" onSubmit={save} noValidate className="mt-4 grid gap-4">
        <Field
          name="name"
          label={t("endpoint.name")}
          hint={t("endpoint.nameHint")}
          problem={problemOf("name")}
          defaultValue={endpoint?.name}
          maxLength={80}
          autoComplete="off"
          dir="auto"
        />
        <Field
          name="baseUrl"
          label={t("endpoint.baseUrl")}
          hint={isMoved && endpoint.maskedKey ? t("endpoint.baseUrlChanged") : t("endpoint.baseUrlHint")}
          problem={problemOf("baseUrl")}
          value={baseUrl}
          onChange={(event) => setBaseUrl(event.currentTarget.value)}
          inputMode="url"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
        <Field
          name="key"
          type="password"
          label={t("endpoint.key")}
          hint={masked ? t("endpoint.keyKept", { masked }) : t("endpoint.keyHint")}
          problem={problemOf("key")}
          autoComplete="off"
          spellCheck={false}
        />
        {endpoint?.maskedKey && !isMoved && (
          <Button
            size="small"
            className="justify-self-start"
            aria-pressed={forgetsKey}
            onClick={() => setForgetsKey(!forgetsKey)}
          >
            {t("endpoint.keyForget")}
          </Button>
        )}
        <TextArea
          name="models"
          label={t("endpoint.models")}
          hint={t("endpoint.modelsHint")}
          defaultValue={endpoint?.models.join("\n")}
          rows={2}
          spellCheck={false}
        />
        <TextArea
          name="prices"
          label={t("endpoint.prices")}
          hint={t("endpoint.pricesHint")}
          problem={problemOf("prices")}
          defaultValue={endpoint?.prices.map(priceLine).join("\n")}
          rows={2}
          spellCheck={false}
        />
        {problem?.field === null && (
          <Alert tone="danger" icon={CircleAlert} isUrgent>
            {problem.text}
          </Alert>
        )}
        <div className="mt-2 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
          <Button look="quiet" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" look="primary" aria-disabled={isSaving}>
            {t(isSaving ? "state.working" : "action.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function isAddress(text: string): boolean {
  if (!URL.canParse(text.trim())) return false;
  const { protocol, username, password, search, hash } = new URL(text.trim());
  return (protocol === "http:" || protocol === "https:") && `${username}${password}${search}${hash}` === "";
}

function problemIn({ type, message, details }: ChatError): Problem {
  if (type === "key_invalid") return { field: "key", text: t("endpoint.keyRefused") };
  if (details?.reason === "too_many_endpoints") return { field: null, text: t("endpoint.tooMany") };
  return { field: null, text: message };
}
