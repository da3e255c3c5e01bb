import type { CrmContact, CrmNumber, CrmUser, StoredContact } from "./crm-records.ts";
import { startHighLevel, type HighLevelOptions, type RunningHighLevel } from "./start-highlevel.ts";

export const LOCATION = "ve9EPM428h8vShlRW1KT";
export const CLIENT_ID = "partyline-app-of-the-sandbox";
export const CLIENT_SECRET = "client-secret-of-the-sandbox";
export const PRIVATE_TOKEN = "pit-of-the-sandbox";

export function crmContact(id: string, firstName: string, lastName: string, phone: string | null): CrmContact {
  return {
    id,
    firstName,
    lastName,
    phone,
    additionalPhones: [],
    dnd: false,
    smsStatus: "inactive",
    assignedTo: "u-ava",
    tags: [],
  };
}

export const DANA = crmContact("nmFmQEsNgz6AVpgLVUJ1", "Dana", "Wu", "+14155550142");
export const LUIS = crmContact("nmFmQEsNgz6AVpgLVUJ2", "Luis", "Ortega", "+16285550110");
export const TOM = crmContact("nmFmQEsNgz6AVpgLVUJ3", "Tom", "Ray", "+15105550133");

export const CRM_USERS: CrmUser[] = [
  crmUser("u-ava", "Ava", "Brooks", "admin", false),
  crmUser("u-ben", "Ben", "Carter", "user", false),
  crmUser("u-cleo", "Cleo", "Diaz", "user", true),
];

function crmUser(
  id: string,
  firstName: string,
  lastName: string,
  role: CrmUser["role"],
  assignedDataOnly: boolean,
): CrmUser {
  const email = `${firstName.toLowerCase()}@harborpine.example`;
  return { id, firstName, lastName, email, role, assignedDataOnly };
}

export const CRM_NUMBERS: CrmNumber[] = [
  crmNumber("+14155550100", { isDefaultNumber: true, friendlyName: "Main line" }),
  crmNumber("+14155550101", { linkedUser: "u-ben" }),
  crmNumber("+14155550102", {}),
  crmNumber("+18885550199", { type: "toll-free" }),
];

export function crmNumber(phoneNumber: string, rest: Partial<CrmNumber>): CrmNumber {
  return {
    phoneNumber,
    friendlyName: null,
    type: "local",
    isDefaultNumber: false,
    linkedUser: null,
    mms: true,
    ...rest,
  };
}

/** An emulated CRM with a few people in it, and the hands of somebody who works there. */
export class HighLevelBench {
  #crm: RunningHighLevel | undefined;

  get crm(): RunningHighLevel {
    if (!this.#crm) throw new Error("The bench has not been started.");
    return this.#crm;
  }

  async start(options: Partial<HighLevelOptions> = {}): Promise<void> {
    this.#crm = await startHighLevel({
      port: 0,
      locationId: LOCATION,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      privateToken: PRIVATE_TOKEN,
      webhookUrl: "http://127.0.0.1:9/webhooks/highlevel",
      contacts: [DANA, LUIS, TOM],
      users: CRM_USERS,
      numbers: CRM_NUMBERS,
      webhookRetryMs: 50,
      ...options,
    });
  }

  async stop(): Promise<void> {
    await this.crm.close();
  }

  async control<Body>(method: string, path: string, body?: object): Promise<Body> {
    const answer = await fetch(`${this.crm.url}/control${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`the CRM answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  }

  /** Edits a contact as somebody in the CRM would; a silent edit's webhook is lost. */
  edit(id: string, change: Partial<CrmContact>, { silent = false } = {}): Promise<StoredContact> {
    return this.control("PATCH", `/contacts/${id}${silent ? "?silent" : ""}`, change);
  }

  remove(id: string, { silent = false } = {}): Promise<StoredContact> {
    return this.control("DELETE", `/contacts/${id}${silent ? "?silent" : ""}`);
  }

  behave(behaviour: object): Promise<unknown> {
    return this.control("PATCH", "/behaviour", behaviour);
  }

  counts(): Promise<{ refused: number; refreshes: number; replays: number }> {
    return this.control("GET", "/counts");
  }

  /** How many calls came for a path that starts so. */
  async callsTo(path: string): Promise<number> {
    const requests = await this.control<{ path: string }[]>("GET", "/requests");
    return requests.filter((request) => request.path.startsWith(path)).length;
  }

  /** Says yes on the marketplace's page and answers where the browser is sent. */
  async allow(authorizeUrl: string): Promise<string> {
    const asked = new URL(authorizeUrl).searchParams;
    const form = new URLSearchParams({
      redirect_uri: asked.get("redirect_uri") ?? "",
      state: asked.get("state") ?? "",
    });
    const answer = await fetch(`${this.crm.url}/v2/oauth/chooselocation/allow`, {
      method: "POST",
      body: form,
      redirect: "manual",
    });
    return answer.headers.get("location") ?? "";
  }
}
