import type { Reporter, TestCase, TestResult, TestStep } from "@playwright/test/reporter";

/** One line a step, and the reason where one fails. */
export default class TourReporter implements Reporter {
  #number = 0;

  onStepEnd(_test: TestCase, _result: TestResult, step: TestStep): void {
    if (step.category !== "test.step") return;
    this.#number += 1;
    console.log(`${step.error ? "✗" : "✓"} ${String(this.#number).padStart(2)}  ${step.title}  (${step.duration} ms)`);
  }

  onTestEnd(_test: TestCase, result: TestResult): void {
    for (const { message } of result.errors) console.error(message);
  }

  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  printsToStdio(): boolean {
    return true;
  }
}
