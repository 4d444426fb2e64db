import type { Typed } from "@/app/_client/session/open-edits";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";

/**
 * Keeps what is typed in a message's field. Where the field goes from under the hands, because another version is
 * shown elsewhere, it is said that the words are not lost. Gives what ends it.
 */
export function keepTyped(field: HTMLTextAreaElement, typed: Typed): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    typed.keep();
  };
  const onInput = () => {
    typed.text = field.value;
    clearTimeout(timer);
    timer = setTimeout(keep, keepDelayMs);
  };
  const onLeaving = () => {
    if (timer !== undefined) keep();
  };
  typed.shown = "now";
  field.addEventListener("input", onInput);
  window.addEventListener("pagehide", onLeaving, { capture: true });
  return () => {
    field.removeEventListener("input", onInput);
    window.removeEventListener("pagehide", onLeaving, { capture: true });
    typed.shown = "before";
    typed.hasFocus = document.activeElement === field;
    onLeaving();
    if (!typed.hasFocus) return;
    // Drawn anew in the same place it is there again by then.
    setTimeout(() => {
      if (typed.shown === "before" && typed.isUnsaved()) showToast(t("message.editKept"));
    });
  };
}

/** Writing a megabyte on every key would be felt. */
const keepDelayMs = 300;
