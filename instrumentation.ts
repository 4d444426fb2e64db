export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { dropEmptyValues } = await import("@/app/_server/env");
  dropEmptyValues();
  const { boot } = await import("@/app/_server/boot");
  await boot();
}
