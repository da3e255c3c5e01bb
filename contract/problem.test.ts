import { describe, expect, test } from "vitest";
import { Id } from "./wire.ts";
import { NewGroup } from "./group.ts";
import { PROBLEMS } from "./problem-codes.ts";
import { Problem } from "./problem.ts";

describe("the contract", () => {
  test.each(Object.entries(PROBLEMS))(
    "the problem %s has a snake_case code, an error's status and a sentence",
    (code, problem) => {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(problem.status).toBeGreaterThanOrEqual(400);
      expect(problem.title).toMatch(/^[A-Z].*[^.]$/);
      expect(Problem.safeParse({ type: `/problems/${code}`, code, ...problem }).success).toBe(true);
    },
  );

  test("an id in capitals is the same id", () => {
    expect(Id.parse("01900000-0000-7000-8000-0000000000AB")).toBe("01900000-0000-7000-8000-0000000000ab");
  });

  test("a group's name is trimmed and never empty", () => {
    const group = {
      id: crypto.randomUUID(),
      businessNumberId: crypto.randomUUID(),
      participants: [],
      firstMessage: null,
    };
    expect(NewGroup.parse({ ...group, name: "  Closing " }).name).toBe("Closing");
    expect(NewGroup.safeParse({ ...group, name: "  " }).success).toBe(false);
  });
});
