import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const checkout = new URL("..", import.meta.url);

/** Runs a module of ours: Node takes the TypeScript as it stands, but knows neither the paths of tsconfig.json nor names without their ending. */
export function importTypeScript(path) {
  registerHooks({ resolve });
  return import(new URL(path, checkout).href);
}

function resolve(specifier, context, next) {
  const isOurs = specifier.startsWith("@/") || specifier.startsWith("./");
  if (!isOurs || !context.parentURL || context.parentURL.includes("/node_modules/"))
    return next(specifier, context);
  const url = specifier.startsWith("@/")
    ? new URL(specifier.slice(2), checkout)
    : new URL(specifier, context.parentURL);
  const typed = new URL(`${url.href}.ts`);
  return next(existsSync(fileURLToPath(typed)) ? typed.href : url.href, context);
}
