import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { ChatError } from "@/lib/errors/chat-error";
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
