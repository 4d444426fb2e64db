"use client";

import { type FormEvent, lazy, type ReactNode, Suspense, useId } from "react";
import { Field } from "@/app/_ui/field";
import { TextArea } from "@/app/_ui/text-area";
import type { CardData } from "@/lib/characters/card";
import type { Character } from "@/lib/characters/character";
import { cardLimits } from "@/lib/characters/limits";
import { t } from "@/lib/i18n/characters-translator";
import type { Profile } from "@/lib/profiles/profile";
import { EditorBar } from "./editor-bar";
import { FirstMessages } from "./first-messages";
import { ListField } from "./list-field";
import { ModelField } from "./model-field";
import { PictureField } from "./picture-field";
import { ProfileField } from "./profile-field";
import { tokensText } from "./tokens-text";
import { useCardCheck } from "./use-card-check";
import { useEditor } from "./use-editor";

const LorebookEditor = lazy(() => import("./lorebook-editor"));

interface EditorProps {
  character: Character;
  profiles: readonly Profile[];
}

type TextName =
  | "description"
  | "personality"
  | "scenario"
  | "mes_example"
  | "system_prompt"
  | "post_history_instructions"
  | "creator_notes";

const names = { char: "{{char}}", user: "{{user}}", original: "{{original}}" };

export function Editor({ character, profiles }: EditorProps) {
  const editor = useEditor(character);
  const check = useCardCheck(editor.draft);
  const { data } = editor.draft.card;

  function submit(event: FormEvent) {
    event.preventDefault();
    void editor.save();
  }

  function textArea(name: TextName, label: string, hint?: string, rows?: number): ReactNode {
    return (
      <TextArea
        label={label}
        hint={hint}
        aside={name === "creator_notes" ? undefined : tokensText(check, check?.fields[name])}
        rows={rows}
        value={data[name]}
        onChange={(event) => editor.changeData({ [name]: event.currentTarget.value })}
      />
    );
  }

  function line(name: "creator" | "character_version", label: string): ReactNode {
    const onChange = (value: string) => editor.changeData({ [name]: value } satisfies Partial<CardData>);
    return (
      <Field
        label={label}
        value={data[name]}
        dir="auto"
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }

  return (
    <form method="post" onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      {/* Positioned, so that what only screen readers find scrolls along. */}
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div
          key={editor.generation}
          className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-10 px-5 pt-2 pb-12"
        >
          <EditorSection title={t("editor.section.who")}>
            <div className="grid gap-5 sm:grid-cols-[11rem_1fr]">
              <PictureField character={editor.stored} onChange={editor.changePicture} />
              <div className="grid min-w-0 grid-cols-1 content-start gap-5">
                <Field
                  label={t("characters.name")}
                  value={data.name}
                  required
                  pattern=".*\S.*"
                  maxLength={cardLimits.nameLengthMax}
                  dir="auto"
                  autoComplete="off"
                  onChange={(event) => editor.changeData({ name: event.currentTarget.value })}
                />
                <Field
                  label={t("editor.nickname")}
                  hint={t("editor.nicknameHint", names)}
                  value={data.nickname ?? ""}
                  dir="auto"
                  autoComplete="off"
                  onChange={(event) =>
                    editor.changeData({ nickname: event.currentTarget.value || undefined })
                  }
                />
                <ListField
                  label={t("editor.tags")}
                  hint={t("editor.tagsHint")}
                  separator=","
                  values={data.tags}
                  onChange={(tags) => editor.changeData({ tags })}
                />
              </div>
            </div>
            {textArea("description", t("editor.description"), t("editor.descriptionHint", names), 6)}
            {textArea("personality", t("editor.personality"))}
            {textArea("scenario", t("editor.scenario"))}
          </EditorSection>
          <EditorSection title={t("editor.section.words")}>
            <FirstMessages data={data} check={check} onChange={editor.changeData} />
            {textArea("mes_example", t("editor.examples"), t("editor.examplesHint"))}
          </EditorSection>
          <EditorSection title={t("editor.section.lore")} text={t("lore.text")}>
            <Suspense fallback={<p className="text-sm text-ink-faint">{t("state.loading")}</p>}>
              <LorebookEditor
                book={data.character_book ?? null}
                check={check}
                onChange={(character_book) => editor.changeData({ character_book })}
              />
            </Suspense>
          </EditorSection>
          <EditorSection title={t("editor.section.prompt")}>
            {textArea("system_prompt", t("editor.systemPrompt"), t("editor.systemPromptHint", names))}
            {textArea("post_history_instructions", t("editor.postPrompt"), t("editor.postPromptHint", names))}
          </EditorSection>
          <EditorSection title={t("editor.section.use")}>
            <div className="grid gap-5 sm:grid-cols-2">
              <ModelField model={editor.draft.model} onChange={(model) => editor.change({ model })} />
              <ProfileField
                profiles={profiles}
                profileId={editor.draft.profileId}
                onChange={(profileId) => editor.change({ profileId })}
              />
            </div>
            {check && (
              <p className="text-sm text-ink-faint text-pretty">
                {t(check.isEstimate ? "check.estimate" : "check.exact", { model: check.model })}
              </p>
            )}
          </EditorSection>
          <EditorSection title={t("editor.section.about")}>
            {textArea("creator_notes", t("editor.creatorNotes"), t("editor.creatorNotesHint"))}
            <div className="grid gap-5 sm:grid-cols-2">
              {line("creator", t("editor.creator"))}
              {line("character_version", t("editor.version"))}
            </div>
          </EditorSection>
        </div>
      </div>
      <EditorBar editor={editor} always={tokensText(check, check?.alwaysTokens)} />
    </form>
  );
}

function EditorSection({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 border-t border-line pt-6 first:border-t-0 first:pt-0">
      <h2 id={id} className="font-display text-lg font-medium tracking-tight">
        {title}
      </h2>
      {text && <p className="mt-1 max-w-prose text-sm text-ink-soft text-pretty">{text}</p>}
      <div className="mt-4 grid grid-cols-1 gap-5">{children}</div>
    </section>
  );
}
