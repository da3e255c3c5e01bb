import { describe, expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

const USABLE = {
  PARTYLINE_SECRET: "a secret of more than thirty-two characters",
  TELNYX_API_KEY: "KEY",
  TELNYX_PUBLIC_KEY: `${"A".repeat(43)}=`,
};

function faultOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "none";
}

describe("the configuration", () => {
  test("needs a secret and a carrier, and has a default for the rest", () => {
    expect(readConfig(USABLE)).toMatchObject({
      port: 4310,
      host: "127.0.0.1",
      publicUrl: "http://127.0.0.1:4310",
      databaseUrl: undefined,
      dataFolder: ".partyline",
      sandbox: false,
      sendsPerMinute: 60,
      logLevel: "info",
    });
  });

  test("takes a variable set to nothing as not set, and an address without its last slash", () => {
    const config = readConfig({ ...USABLE, PORT: "", DATABASE_URL: "", PUBLIC_URL: "https://sms.example/" });
    expect(config).toMatchObject({ port: 4310, databaseUrl: undefined, publicUrl: "https://sms.example" });
  });

  test.each([
    ["PORT", "http"],
    ["PORT", "70000"],
    ["PUBLIC_URL", "sms.example"],
    ["PUBLIC_URL", "ftp://sms.example"],
    ["DATABASE_URL", "mysql://localhost/partyline"],
    ["DATABASE_URL", "localhost"],
    ["PARTYLINE_SECRET", "short"],
    ["PARTYLINE_SANDBOX", "yes"],
    ["TELNYX_PUBLIC_KEY", "KEY0123"],
    ["TELNYX_API_URL", "api.telnyx.com"],
    ["TELNYX_TIMEOUT_MS", "soon"],
    ["UNKNOWN_AFTER_MS", "0"],
    ["SENDS_PER_MINUTE", "-1"],
    ["LOG_LEVEL", "loud"],
  ])("names %s when it is %j", (name, value) => {
    expect(faultOf({ ...USABLE, [name]: value })).toMatch(
      new RegExp(`^The configuration is not usable\\. ${name}: \\S+`),
    );
  });

  test("names everything that is missing at once, and never repeats a value", () => {
    const fault = faultOf({ PORT: "99999", PARTYLINE_SECRET: "swordfish" });
    for (const name of ["PORT", "PARTYLINE_SECRET", "TELNYX_API_KEY", "TELNYX_PUBLIC_KEY"])
      expect(fault).toContain(name);
    expect(fault).toContain("TELNYX_API_KEY: is not set");
    expect(fault).not.toContain("swordfish");
  });
});
