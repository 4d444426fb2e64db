/**
 * What the report of a test runner comes to. A file that could not be loaded is a failed test, and so is a run
 * that executed none; a runner that ends with an error although no test failed has failed too.
 *
 * A tally is `{ passed, failed, skipped, reasons }`; `reasons` are failures that no test's name tells.
 */
export function tallyVitest(report, exitCode) {
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  );
  return complete(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
      reasons: broken.map((file) => `${file.name} could not be run`),
    },
    exitCode,
  );
}

export function tallyPlaywright(report, exitCode) {
  const { expected, flaky, unexpected, skipped } = report.stats;
  return complete(
    {
      passed: expected + flaky,
      failed: unexpected,
      skipped,
      reasons: report.errors.map(({ message }) => message ?? "an error outside any test"),
    },
    exitCode,
  );
}

/** A check that passes or fails as a whole. */
export function tallyCheck(isPassed, reason) {
  return isPassed
    ? { passed: 1, failed: 0, skipped: 0, reasons: [] }
    : { passed: 0, failed: 1, skipped: 0, reasons: [reason] };
}

export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) for (const key of Object.keys(total)) total[key] += tally[key];
  return total;
}

function complete({ passed, failed, skipped, reasons }, exitCode) {
  const all = [...reasons];
  if (passed + failed + all.length === 0) all.push("no test was run");
  else if (exitCode !== 0 && failed + all.length === 0) all.push(`the runner ended with code ${exitCode}`);
  return { passed, failed: failed + all.length, skipped, reasons: all };
}
