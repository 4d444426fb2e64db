import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getActor } from "@/app/_server/actor";
import { services } from "@/app/_server/services";
import { Mark } from "@/app/_ui/mark";
import { t } from "@/lib/i18n/sign-in-translator";
import { pathAfter } from "./path-after";
import { SignInForm } from "./sign-in-form";

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[]; mode?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, mode } = await searchParams;
  const actor = await getActor(await headers());
  const path = pathAfter(next);
  if (actor && !actor.isGuest) redirect(path);

  const installed = services();
  const openTo = await installed.openTo();
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <title>{`${t("signIn.title")} · ${t("app.name")}`}</title>
      <header className="relative hidden overflow-hidden bg-accent-soft lg:block">
        <Mark className="absolute -right-24 -bottom-36 size-[38rem] text-accent opacity-10" />
        <div className="relative p-14">
          <Brand />
          <p className="mt-[22vh] max-w-[27rem] font-display text-[2.75rem] leading-[1.12] font-medium tracking-tight text-balance">
            {t("signIn.promise")}
          </p>
        </div>
      </header>
      <main className="flex flex-col justify-center px-6 pt-[calc(2.5rem+env(safe-area-inset-top))] pb-[calc(2.5rem+env(safe-area-inset-bottom))]">
        <div className="mx-auto w-full max-w-92">
          <div className="mb-10 lg:hidden">
            <Brand />
          </div>
          <SignInForm
            path={path}
            startsCreating={mode === "create" && openTo !== "nobody"}
            openTo={openTo}
            canBeGuest={installed.settings.guests && !actor}
            guestId={actor?.userId ?? null}
          />
        </div>
      </main>
    </div>
  );
}

function Brand() {
  return (
    <div className="flex items-center gap-2.5">
      <Mark className="size-6 text-accent" />
      <span className="font-display text-xl font-semibold tracking-tight">{t("app.name")}</span>
    </div>
  );
}
