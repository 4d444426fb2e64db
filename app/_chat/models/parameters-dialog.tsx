"use client";

import { type FormEvent, useState } from "react";
import { createPortal } from "react-dom";
import { toFailure } from "@/app/_client/chat-failure";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { Select } from "@/app/_ui/select";
import { Switch } from "@/app/_ui/switch";
import { TextArea } from "@/app/_ui/text-area";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/model-translator";
import { reasoningEfforts, routingSorts } from "@/lib/models/settings";
import { type Parameter, takesParameter } from "@/lib/models/supported-settings";
import type { ModelName } from "./model-choice";
import { type Fields, fieldsOf, type Problems, settingsIn } from "./parameter-fields";
import { useModels } from "./use-models";

interface ParametersDialogProps {
  session: ChatSession;
  model: ModelName;
  onClose(): void;
}

/** What this chat asks of its model beside the text. Only what the model takes is shown. */
export default function ParametersDialog({ session, model, onClose }: ParametersDialogProps) {
  const { catalogue } = useModels();
  const known = catalogue?.items.find(({ id }) => id === model.id) ?? null;
  const [fields, setFields] = useState(() => fieldsOf(session.settings()));
  const { routing = {} } = session.settings();
  const [zeroDataRetention, setZeroDataRetention] = useState(routing.zeroDataRetention ?? false);
  const [allowFallbacks, setAllowFallbacks] = useState(routing.allowFallbacks ?? true);
  const [problems, setProblems] = useState<Problems>({});
  const [isSaving, setSaving] = useState(false);

  const takes = (parameter: Parameter) => takesParameter(known, parameter);
  const ignored = parameters.filter((parameter) => !takes(parameter) && fields[parameter] !== "");
  const efforts = known && known.reasoningEfforts.length > 0 ? known.reasoningEfforts : reasoningEfforts;
  const bind = (name: keyof Fields) => ({
    value: fields[name],
    problem: problems[name] ?? null,
    onChange: (event: { currentTarget: { value: string } }) => change(name, event.currentTarget.value),
  });

  function change(name: keyof Fields, value: string) {
    setFields((before) => ({ ...before, [name]: value }));
    setProblems((before) => ({ ...before, [name]: undefined }));
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    // For React it is still within the question's form, and that would be sent.
    event.stopPropagation();
    if (isSaving) return;
    const read = settingsIn(fields, { zeroDataRetention, allowFallbacks }, session.settings());
    if ("problems" in read) return setProblems(read.problems);
    setSaving(true);
    try {
      await session.changeSettings(read.settings);
      onClose();
    } catch (cause) {
      setSaving(false);
      showToast(toFailure(cause).message);
    }
  }

  function reset() {
    setFields(fieldsOf({}));
    setZeroDataRetention(false);
    setAllowFallbacks(true);
    setProblems({});
  }

  // Outside of the question's form, in which the browser would submit this one by itself.
  return createPortal(
    <Dialog title={t("model.parameters")} shape="sheet" onClose={onClose}>
      <form method="post" onSubmit={save} noValidate className="grid gap-5 sm:grid-cols-2">
        <p className="text-sm text-ink-soft sm:col-span-2">{t("parameter.text", { name: model.name })}</p>
        {takes("temperature") && (
          <Field
            label={t("parameter.temperature")}
            hint={t("parameter.temperatureHint")}
            inputMode="decimal"
            {...bind("temperature")}
          />
        )}
        {takes("topP") && (
          <Field
            label={t("parameter.topP")}
            hint={t("parameter.topPHint")}
            inputMode="decimal"
            {...bind("topP")}
          />
        )}
        {takes("maxOutputTokens") && (
          <Field
            label={t("parameter.maxOutputTokens")}
            hint={
              known?.maxOutputTokens
                ? t("parameter.maxOutputTokensHint", { max: known.maxOutputTokens.toLocaleString() })
                : undefined
            }
            inputMode="numeric"
            {...bind("maxOutputTokens")}
          />
        )}
        {takes("seed") && (
          <Field
            label={t("parameter.seed")}
            hint={t("parameter.seedHint")}
            inputMode="numeric"
            {...bind("seed")}
          />
        )}
        {takes("reasoningEffort") && (
          <Select
            label={t("parameter.reasoningEffort")}
            value={fields.reasoningEffort}
            onChoose={(value) => change("reasoningEffort", value)}
            options={[
              { value: "", label: t("parameter.effort.own") },
              ...reasoningEfforts
                .filter((effort) => efforts.includes(effort))
                .map((effort) => ({ value: effort, label: t(`parameter.effort.${effort}`) })),
            ]}
          />
        )}
        {takes("stop") && (
          <TextArea label={t("parameter.stop")} hint={t("parameter.stopHint")} rows={2} {...bind("stop")} />
        )}
        {known?.provider === "openrouter" && (
          <fieldset className="grid gap-5 border-t border-line pt-5 sm:col-span-2 sm:grid-cols-2">
            <legend className="float-left w-full font-semibold tracking-tight sm:col-span-2">
              {t("parameter.routing")}
            </legend>
            <Select
              label={t("parameter.sort")}
              value={fields.sort}
              onChoose={(value) => change("sort", value)}
              options={[
                { value: "", label: t("parameter.sort.own") },
                ...routingSorts.map((sort) => ({ value: sort, label: t(`parameter.sort.${sort}`) })),
              ]}
            />
            <TextArea
              label={t("parameter.fallbackModels")}
              hint={t("parameter.fallbackHint")}
              rows={2}
              spellCheck={false}
              {...bind("fallbackModels")}
            />
            <Field label={t("parameter.only")} hint={t("parameter.providersHint")} {...bind("only")} />
            <Field label={t("parameter.ignore")} hint={t("parameter.providersHint")} {...bind("ignore")} />
            <Switch
              label={t("parameter.zeroDataRetention")}
              checked={zeroDataRetention}
              onChange={setZeroDataRetention}
            />
            <Switch
              label={t("parameter.allowFallbacks")}
              checked={allowFallbacks}
              onChange={setAllowFallbacks}
            />
          </fieldset>
        )}
        {ignored.length > 0 && (
          <p className="text-sm text-ink-soft sm:col-span-2">
            {t("parameter.unsupported", {
              name: model.name,
              parameters: ignored.map((parameter) => t(`parameter.${parameter}`)).join(", "),
            })}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-3 sm:col-span-2">
          <Button type="submit" look="primary" aria-disabled={isSaving}>
            {t(isSaving ? "state.working" : "action.save")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button look="quiet" className="ms-auto" onClick={reset}>
            {t("parameter.reset")}
          </Button>
          {Object.values(problems).some(Boolean) && (
            <p role="alert" className="w-full text-sm text-danger">
              {t("parameter.wrong")}
            </p>
          )}
        </div>
      </form>
    </Dialog>,
    document.body,
  );
}

const parameters: readonly Parameter[] = [
  "temperature",
  "topP",
  "maxOutputTokens",
  "reasoningEffort",
  "stop",
  "seed",
];
