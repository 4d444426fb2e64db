"use client";

import { ImagePlus, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { CharacterPicture } from "@/app/_chat/cast/character-picture";
import { ChatFailure } from "@/app/_client/chat-failure";
import { pictureAsPng } from "@/app/_client/picture-as-png";
import { Button } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { IconButton } from "@/app/_ui/icon-button";
import { showToast } from "@/app/_ui/toasts";
import { problemText } from "@/app/(chat)/characters/problem-text";
import type { CharacterSummary } from "@/lib/characters/character";
import { t } from "@/lib/i18n/characters-translator";

interface PictureFieldProps {
  character: CharacterSummary;
  onChange(picture: Blob | null): Promise<void>;
}

export function PictureField({ character, onChange }: PictureFieldProps) {
  const picker = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLButtonElement>(null);
  const [isPending, setPending] = useState(false);

  async function change(file: File | null) {
    setPending(true);
    try {
      await onChange(file && (await pictureAsPng(file)));
    } catch (cause) {
      showToast(cause instanceof ChatFailure ? problemText(cause.error) : t("editor.pictureFailed"));
    }
    setPending(false);
  }

  const hasPicture = character.avatarId !== null;
  return (
    <fieldset aria-busy={isPending} className="min-w-0 max-sm:max-w-44">
      <legend className="mb-1.5 text-sm font-medium">{t("editor.picture")}</legend>
      <CharacterPicture character={character} className="aspect-[4/5] w-full rounded-lg border border-line" />
      <div className="mt-2 flex items-center gap-1">
        <Button
          size="small"
          className="min-w-0 flex-1"
          ref={chooser}
          aria-disabled={isPending}
          onClick={() => isPending || picker.current?.click()}
        >
          <ImagePlus aria-hidden className="size-4 shrink-0" />
          <span className="truncate">
            {t(isPending ? "state.working" : hasPicture ? "editor.changePicture" : "editor.choosePicture")}
          </span>
        </Button>
        {hasPicture && (
          <IconButton
            icon={Trash2}
            size="small"
            label={t("editor.removePicture")}
            ref={handOnFocus(() => chooser.current?.focus())}
            aria-disabled={isPending}
            onClick={() => isPending || change(null)}
          />
        )}
      </div>
      <input
        ref={picker}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif"
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) void change(file);
        }}
      />
    </fieldset>
  );
}
