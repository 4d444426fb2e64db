import { failureOf, toFailure } from "@/app/_client/chat-failure";
import { showToast } from "@/app/_ui/toasts";
import { problemText } from "./problem-text";

/** Saves what is at an address as a file; why there is none is said here and not on a page of its own. */
export async function download(url: string): Promise<void> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw await failureOf(response);
    const address = URL.createObjectURL(await response.blob());
    const link = document.createElement("a");
    link.href = address;
    link.download = nameIn(response.headers.get("Content-Disposition") ?? "");
    link.click();
    // The browser has taken it by then, or never will.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (cause) {
    showToast(problemText(toFailure(cause).error));
  }
}

function nameIn(disposition: string): string {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
  return encoded ? decodeURIComponent(encoded) : "character";
}
