"use client";

import { CircleAlert, Info } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { authClient } from "@/app/_client/person/auth-client";
import { noteGuest, personHere } from "@/app/_client/person/person-here";
import { Alert } from "@/app/_ui/alert";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";
import { t } from "@/lib/i18n/sign-in-translator";
import { type AccountProblem, problemOf } from "./account-problem";

interface SignInFormProps {
  path: string;
  startsCreating: boolean;
  /** Who may create an account. */
  openTo: "first" | "everyone" | "nobody";
  canBeGuest: boolean;
  /** Whoever is here as a guest: what they have moves along. */
  guestId: string | null;
}

type Pending = "none" | "account" | "guest";

type Entered = { data?: { user: { id: string } } | null; error: unknown };

export function SignInForm({ path, startsCreating, openTo, canBeGuest, guestId }: SignInFormProps) {
  const [isCreating, setCreating] = useState(startsCreating);
  const [problem, setProblem] = useState<AccountProblem | null>(null);
  const [pending, setPending] = useState<Pending>("none");
  useEffect(() => {
    if (guestId === null) personHere.isGone();
  }, [guestId]);

  async function enter(how: Pending, call: () => Promise<Entered>) {
    if (pending !== "none") return;
    setPending(how);
    setProblem(null);
    const { data, error } = await call().catch((cause: unknown): Entered => ({ error: cause }));
    if (guestId !== null && data) noteGuest(guestId, data.user.id);
    // A fresh page: nothing that was fetched for somebody else stays in memory.
    if (!error) return window.location.assign(path);
    setProblem(problemOf(error));
    setPending("none");
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const email = String(data.get("email")).trim();
    const password = String(data.get("password"));
    const name = String(data.get("name") ?? "").trim();
    void enter("account", () =>
      isCreating
        ? authClient.signUp.email({ email, password, name: name === "" ? nameFrom(email) : name })
        : authClient.signIn.email({ email, password }),
    );
  }

  function change() {
    setCreating(!isCreating);
    setProblem(null);
  }

  return (
    <>
      <h1 className="font-display text-2xl font-medium tracking-tight">
        {isCreating ? t("signIn.createTitle") : t("signIn.title")}
      </h1>
      {guestId !== null && <p className="mt-2 text-ink-soft">{t("signIn.guestKeeps")}</p>}
      {openTo !== "everyone" && (
        <div className="mt-5">
          <Alert tone="info" icon={Info}>
            {t(openTo === "first" ? "signIn.first" : "signIn.closed")}
          </Alert>
        </div>
      )}
      <form method="post" onSubmit={submit} className="mt-7 grid gap-4">
        {isCreating && (
          <Field
            name="name"
            label={t("signIn.name")}
            hint={t("signIn.nameHint")}
            autoComplete="name"
            maxLength={100}
            dir="auto"
          />
        )}
        <Field
          name="email"
          type="email"
          label={t("signIn.email")}
          required
          autoComplete="email"
          problem={problem?.field === "email" ? problem.text : null}
        />
        <Field
          key={isCreating ? "new" : "current"}
          name="password"
          type="password"
          label={t("signIn.password")}
          hint={isCreating ? t("signIn.passwordHint") : undefined}
          required
          minLength={isCreating ? passwordLengthMin : undefined}
          autoComplete={isCreating ? "new-password" : "current-password"}
          problem={problem?.field === "password" ? problem.text : null}
        />
        {problem && problem.field === null && (
          <Alert tone="danger" icon={CircleAlert} isUrgent>
            {problem.text}
          </Alert>
        )}
        <Button type="submit" look="primary" className="mt-1 h-11" aria-disabled={pending !== "none"}>
          {pending === "account" ? t("state.working") : t(isCreating ? "signIn.create" : "signIn.signIn")}
        </Button>
      </form>
      {openTo !== "nobody" && (
        <p className="mt-5 text-sm text-ink-soft">
          {isCreating ? t("signIn.hasAccount") : t("signIn.hasNone")}{" "}
          <button
            type="button"
            onClick={change}
            className="py-1 font-medium text-accent underline-offset-4 hover:underline pointer-coarse:py-3"
          >
            {isCreating ? t("signIn.toSignIn") : t("signIn.toCreate")}
          </button>
        </p>
      )}
      {canBeGuest && (
        <div className="mt-7 border-t border-line pt-7">
          <Button
            className="h-11 w-full"
            aria-disabled={pending !== "none"}
            onClick={() => enter("guest", () => authClient.signIn.anonymous())}
          >
            {pending === "guest" ? t("state.working") : t("signIn.guest")}
          </Button>
          <p className="mt-2.5 text-sm text-ink-faint text-pretty">
            {openTo !== "nobody" ? t("signIn.guestHint") : t("signIn.guestHintClosed")}
          </p>
        </div>
      )}
    </>
  );
}

/** Better Auth's own minimum. */
const passwordLengthMin = 8;

function nameFrom(email: string): string {
  return email.split("@")[0] || email;
}
