import { expect, test } from "vitest";
import { sum, tallyCheck, tallyPlaywright, tallyVitest } from "./test-tally.mjs";

test("a file that could not be loaded is a failed test", () => {
  const report = vitestReport({
    passed: 3,
    files: [{ name: "a.test.ts", status: "failed", assertionResults: [] }],
  });
  expect(tallyVitest(report, 1)).toEqual({
    passed: 3,
    failed: 1,
    skipped: 0,
    reasons: ["a.test.ts could not be run"],
  });
});

test("a file with a failed test is counted by its tests", () => {
  const files = [{ name: "a.test.ts", status: "failed", assertionResults: [{ status: "failed" }] }];
  expect(tallyVitest(vitestReport({ passed: 3, failed: 1, files }), 1)).toMatchObject({
    passed: 3,
    failed: 1,
  });
});

test("a run without a single test has failed", () => {
  expect(tallyVitest(vitestReport({}), 0)).toMatchObject({
    passed: 0,
    failed: 1,
    reasons: ["no test was run"],
  });
  expect(tallyPlaywright(playwrightReport({ skipped: 2 }), 0)).toMatchObject({
    passed: 0,
    failed: 1,
    skipped: 2,
  });
});

test("a runner that ends with an error has failed, although every test has passed", () => {
  expect(tallyVitest(vitestReport({ passed: 3 }), 1)).toMatchObject({ passed: 3, failed: 1 });
  expect(tallyPlaywright(playwrightReport({ expected: 3 }), 1)).toMatchObject({ passed: 3, failed: 1 });
});

test("an error outside any journey is a failure", () => {
  const report = { ...playwrightReport({ expected: 2 }), errors: [{ message: "the server did not start" }] };
  expect(tallyPlaywright(report, 1)).toMatchObject({
    passed: 2,
    failed: 1,
    reasons: ["the server did not start"],
  });
});

test("the sum is over all stages", () => {
  const tallies = [
    tallyCheck(true),
    tallyCheck(false, "types"),
    tallyVitest(vitestReport({ passed: 40, skipped: 2 }), 0),
  ];
  expect(sum(tallies)).toEqual({ passed: 41, failed: 1, skipped: 2 });
});

function vitestReport({ passed = 0, failed = 0, skipped = 0, files = [] }) {
  return {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
    testResults: files,
  };
}

function playwrightReport({ expected = 0, unexpected = 0, flaky = 0, skipped = 0 }) {
  return { stats: { expected, unexpected, flaky, skipped }, errors: [] };
}
