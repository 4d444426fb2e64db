import { type ReactNode, useId } from "react";
import { t } from "@/lib/i18n/settings-translator";

/** A page of the settings: its name, also that of the window, and its parts. */
export function SettingsPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <title>{`${title} · ${t("settings.title")} · ${t("app.name")}`}</title>
      <h2 className="mb-6 font-display text-2xl font-medium tracking-tight">{title}</h2>
      <div className="grid grid-cols-1 gap-8">{children}</div>
    </>
  );
}

export function Section({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t border-line pt-6 first:border-t-0 first:pt-0">
      <h3 id={id} className="font-semibold tracking-tight">
        {title}
      </h3>
      {text && <p className="mt-1 max-w-prose text-sm text-ink-soft text-pretty">{text}</p>}
      {children && <div className="mt-4">{children}</div>}
    </section>
  );
}
