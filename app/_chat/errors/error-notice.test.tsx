import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { type ChatError, type ChatErrorType, chatErrorTypes, toChatError } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/server-translator";
import { ErrorNotice } from "./error-notice";

const error: ChatError = {
  type: "provider_rate_limited",
  message: "Too many at once.",
  provider: "openrouter",
  retryable: true,
  retryAfterMs: 60_000,
  requestId: "",
};

test("a countdown is seen and not read out: what is read is what happened, once", () => {
  const html = renderToStaticMarkup(<ErrorNotice error={error} failedAt={Date.now()} onRetry={() => {}} />);
  expect(html).toMatch(/Try again in (59|60) s/);
  expect(html).toMatch(/<div role="alert"[^>]*><p>Too many at once\.<\/p><\/div>/);
});

test("there are details to copy also of what has no request id", () => {
  expect(renderToStaticMarkup(<ErrorNotice error={error} />)).toContain('aria-label="Copy details"');
});

const otherModel = "Use another model";
const key = ["Enter a key", "Open settings → /settings/keys"];

/** How each kind looks, by Lucide’s own names of icons, and what is offered where all of it could be. */
const looks: Record<ChatErrorType, [tone: "warn" | "danger", icon: string, ...actions: string[]]> = {
  invalid_request: ["danger", "circle-exclamation-point"],
  unauthenticated: ["warn", "user-round-x"],
  forbidden: ["danger", "ban"],
  not_found: ["danger", "search-x"],
  generation_active: ["warn", "hourglass"],
  conflict: ["warn", "circle-exclamation-point"],
  gone: ["danger", "search-x"],
  too_large: ["danger", "scroll-text"],
  unsupported: ["danger", "ban"],
  rate_limited: ["warn", "hourglass", "Try again"],
  quota_exceeded: ["danger", "wallet", otherModel, "Open settings → /settings/usage"],
  unavailable: ["warn", "cloud-exclamation-point", "Try again"],
  internal: ["danger", "bug"],
  key_missing: ["danger", "key-round", otherModel, ...key],
  key_invalid: ["danger", "key-round", otherModel, ...key],
  provider_credits: ["danger", "wallet", otherModel, ...key],
  provider_rate_limited: ["warn", "hourglass", "Try again", otherModel],
  provider_unavailable: ["warn", "cloud-exclamation-point", "Try again", otherModel],
  provider_timeout: ["warn", "hourglass", "Try again", otherModel],
  provider_refused: ["danger", "shield-exclamation-point", otherModel],
  context_too_long: ["danger", "scroll-text", otherModel],
  provider_error: ["danger", "cloud-exclamation-point", "Try again", otherModel],
  interrupted: ["warn", "unplug", "Try again"],
};

test.each(chatErrorTypes)("%s has a look of its own, and the ways out that help", (type) => {
  const failure = failureOf(type);
  const [tone, icon, ...actions] = looks[type];
  expect(seen(<ErrorNotice error={failure} onRetry={() => {}} onOtherModel={() => {}} />)).toEqual({
    tone,
    icon,
    message: failure.message,
    actions,
  });
});

test("a lost connection is told from a server that is busy", () => {
  const lost = { ...failureOf("unavailable"), details: { reason: "connection" } };
  expect(seen(<ErrorNotice error={lost} onRetry={() => {}} />)).toMatchObject({
    tone: "warn",
    icon: "wifi-off",
    actions: ["Try again"],
  });
});

test("what can be gone on with is offered first, and a question of one's own can always be sent again", () => {
  const nothing = () => {};
  const actions = (notice: ReactElement) => seen(notice).actions;
  expect(
    actions(<ErrorNotice error={failureOf("interrupted")} onContinue={nothing} onRetry={nothing} />),
  ).toEqual(["Continue", "Try again"]);
  expect(
    actions(<ErrorNotice error={failureOf("too_large")} canAlwaysRetry onRetry={nothing} onEdit={nothing} />),
  ).toEqual(["Try again", "Edit"]);
  expect(actions(<ErrorNotice error={failureOf("provider_error")} />)).toEqual([]);
});

function failureOf(type: ChatErrorType): ChatError {
  return toChatError(new AppError(type, "of a test", { provider: "openrouter" }), "r1", t);
}

/** What a notice shows: how it looks, what it says, and its buttons, links with where they lead. */
function seen(notice: ReactElement) {
  const html = renderToStaticMarkup(notice);
  const [, icon, tone] = /<svg[^>]*class="lucide lucide-([\w-]+)[^"]* text-(warn|danger)"/.exec(html) ?? [];
  const buttons = html.matchAll(/<(?:button|a)\b([^>]*)>([^<]+)<\/(?:button|a)>/g);
  return {
    tone,
    icon,
    message: unescaped(/<p>(.*?)<\/p>/.exec(html)?.[1] ?? ""),
    actions: [...buttons].map(([, attributes = "", label]) => {
      const path = /href="([^"]+)"/.exec(attributes)?.[1];
      return path === undefined ? label : `${label} → ${path}`;
    }),
  };
}

function unescaped(html: string): string {
  return html.replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
}
