import { PROBLEMS } from "@partyline/contract/problem-codes";
import { FAILURE_CLASSES } from "@partyline/domain/delivery";
import { describe, expect, it } from "vitest";
import type { CallRefusal } from "../../../utils/command.ts";
import {
  callRefusalText,
  failureText,
  joinRefusalText,
  numberRefusalText,
  optInRequest,
  rosterRefusalText,
  signInRefusalText,
  textRefusalText,
} from "../../../utils/models/refusal-text.ts";

function problem(code: string, changed: Partial<Extract<CallRefusal, { reason: "problem" }>> = {}): CallRefusal {
  return { reason: "problem", code, detail: null, refusal: null, groupId: null, retryAfter: null, ...changed };
}

describe("the words of a refusal", () => {
  it.each([
    [{ reason: "not_us_ca", country: "JM" } as const, "Jamaica: US and Canada only"],
    [{ reason: "not_us_ca", country: "DO" } as const, "Dominican Republic: US and Canada only"],
    [{ reason: "not_us_ca", country: null } as const, "US and Canada only"],
    [{ reason: "not_textable", kind: "toll_free" } as const, "toll-free: cannot be texted"],
    [{ reason: "do_not_disturb" } as const, "do-not-disturb"],
    [
      { reason: "do_not_disturb", by: { id: "c", name: "Kim Lee" } } as const,
      "Kim Lee, with the same number, is on do-not-disturb",
    ],
    [{ reason: "do_not_disturb", by: null } as const, "another contact with the same number is on do-not-disturb"],
    [{ reason: "unknown_contact" } as const, "not in your directory"],
  ])("names why somebody cannot join", (refusal, words) => {
    expect(joinRefusalText(refusal)).toBe(words);
  });

  it.each([
    [{ reason: "opted_out" } as const, { name: "", smsStatus: "inactive" } as const, "Hi, you asked us to stop"],
    [{ reason: "do_not_disturb" } as const, { name: "Kim Lee", smsStatus: "permanent" } as const, null],
    [{ reason: "not_us_ca", country: "JM" } as const, { name: "Jo", smsStatus: "inactive" } as const, null],
  ])("asks for an opt-in where that helps", (refusal, person, words) => {
    const request = optInRequest(refusal, person, "+14155550100");
    if (words === null) expect(request).toBeNull();
    else expect(request).toContain(words);
    expect(optInRequest(refusal, person, null)).toBeNull();
  });

  it("names whose number it is", () => {
    const refusal = { reason: "number_assigned_to_other", assignedTo: "u-ben" } as const;
    expect(numberRefusalText(refusal, "Ben Carter")).toBe("Assigned to Ben Carter");
    expect(numberRefusalText(refusal, null)).toBe("Assigned to somebody else");
  });

  it("names what a number lacks, also where the kind is one it has no word for", () => {
    expect(numberRefusalText({ reason: "number_cannot_group", kind: "toll_free" }, null)).toBe(
      "Cannot carry a group: toll-free",
    );
    expect(numberRefusalText({ reason: "number_cannot_group", kind: "satellite" }, null)).toBe("Cannot carry a group");
  });

  it("counts in the language's plural", () => {
    expect(rosterRefusalText({ reason: "too_many_participants", count: 10, max: 9 })).toContain("leave 1 person out");
    expect(rosterRefusalText({ reason: "too_many_participants", count: 12, max: 9 })).toContain("leave 3 people out");
    expect(textRefusalText({ reason: "text_too_long", length: 1601, max: 1600 })).toBe(
      "1 character too many: a text holds 1,600.",
    );
  });

  it("says for how long the CRM limits requests, and that a number was released", () => {
    expect(callRefusalText(problem("directory_limited", { retryAfter: 7 }))).toBe(
      "HighLevel is limiting requests. Try again in 7 s.",
    );
    expect(callRefusalText(problem("number_not_usable", { refusal: { reason: "number_released" } }))).toContain(
      "no longer in your CRM account",
    );
  });

  it("says who the backend refused and why", () => {
    const refusal = {
      reason: "cannot_join",
      who: [{ contactId: "c", name: "Kim Lee", phone: "+14155550177", refusal: { reason: "do_not_disturb" } }],
    };
    expect(callRefusalText(problem("roster_refused", { refusal }))).toBe("Kim Lee cannot join: do-not-disturb.");
  });

  it.each(Object.keys(PROBLEMS))("has a sentence for the problem %s", (code) => {
    expect(callRefusalText(problem(code))).toMatch(/^[A-Z].*\.$/);
  });

  it("hands on the backend's own sentence for a problem newer than this extension", () => {
    expect(callRefusalText(problem("moon_phase", { detail: "The moon is full." }))).toBe("The moon is full.");
  });

  it("names the address that does not answer", () => {
    expect(callRefusalText({ reason: "unreachable", backend: "https://text.example.com" })).toContain(
      "https://text.example.com",
    );
  });

  it("does not tell somebody who signs in that they are signed out", () => {
    expect(signInRefusalText({ reason: "signed_out" })).not.toContain("signed out");
  });

  it.each(FAILURE_CLASSES)("has words for the carrier's reason %s", (failure) => {
    expect(failureText(failure)).toMatch(/^[a-z]/);
  });
});
