import { describe, expect, it } from "vitest";
import { deliveryLine } from "../../../utils/models/delivery-text.ts";
import { DANA, delivery, GROUP, LUIS, TOM } from "./panel-world.ts";

describe("the delivery line", () => {
  it.each([
    ["Sending…", [delivery(DANA, { state: "queued" }), delivery(LUIS, { state: "accepted" })]],
    ["Sent to 2", [delivery(DANA, { state: "sent" }), delivery(LUIS, { state: "sent" })]],
    ["1 of 2 delivered", [delivery(DANA), delivery(LUIS, { state: "sent" })]],
    ["2 of 2 delivered", [delivery(DANA), delivery(LUIS)]],
    ["1 of 2 delivered · 1 unconfirmed", [delivery(DANA), delivery(LUIS, { state: "unconfirmed" })]],
    [
      "2 of 3 delivered · Tom: landline",
      [delivery(DANA), delivery(LUIS), delivery(TOM, { state: "failed", failure: "landline" })],
    ],
    [
      "0 of 2 delivered · 2 not reached",
      [delivery(DANA, { state: "failed" }), delivery(LUIS, { state: "undelivered", failure: "unreachable" })],
    ],
    ["Discarded, never sent", [delivery(DANA, { state: "skipped" }), delivery(LUIS, { state: "skipped" })]],
    ["1 of 2 delivered · Luis: skipped", [delivery(DANA), delivery(LUIS, { state: "skipped" })]],
  ])("says %j", (words, deliveries) => {
    expect(deliveryLine(deliveries, GROUP)).toBe(words);
  });
});
