"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { createCharacter } from "@/lib/api/characters";
import { cardLimits } from "@/lib/characters/limits";
import { t } from "@/lib/i18n/characters-translator";
import { problemText } from "./problem-text";

/** A character begins with a name; the rest is written in the editor. */
export function NewCharacterDialog({ onClose }: { onClose(): void }) {
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function create(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    if (name === "" || isPending) return;
    setPending(true);
    try {
      const card = { spec: "chara_card_v3", spec_version: "3.0", data: { name } };
      const { id } = await api(createCharacter, { body: { card } });
      router.push(`/characters/${id}`);
    } catch (cause) {
      setProblem(problemText(toFailure(cause).error));
      setPending(false);
    }
  }

  return (
    <Dialog title={t("characters.new")} onClose={onClose}>
      <form method="post" onSubmit={create} className="mt-4">
        <Field
          name="name"
          label={t("characters.name")}
          required
          pattern=".*\S.*"
          maxLength={cardLimits.nameLengthMax}
          dir="auto"
          autoComplete="off"
          autoFocus
          problem={problem}
        />
        <div className="mt-6 flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button look="primary" type="submit" aria-disabled={isPending}>
            {isPending ? t("state.working") : t("characters.create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
