/** Shows one line for a piece of work: "Installing packages … done in 41 s". */
export async function step(name, work) {
  const startedAt = performance.now();
  process.stdout.write(`${name} … `);
  try {
    const result = await work();
    process.stdout.write(`done in ${seconds(startedAt)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(`stopped after ${seconds(startedAt)}\n`);
    throw error;
  }
}

/** The time since `startedAt` (of `performance.now()`) for a person: "3.4 s", "2 min 5 s". */
export function seconds(startedAt, now = performance.now()) {
  const elapsed = (now - startedAt) / 1000;
  if (elapsed < 10) return `${elapsed.toFixed(1)} s`;
  if (elapsed < 100) return `${Math.round(elapsed)} s`;
  return `${Math.floor(elapsed / 60)} min ${Math.round(elapsed % 60)} s`;
}
