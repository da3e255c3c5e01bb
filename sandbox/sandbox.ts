import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { normalisePhone } from "@partyline/domain/phone-number";
import { startBackendProcess, type BackendProcess } from "./backend-process.ts";
import { startCarrier, type RunningCarrier } from "./carrier/start-carrier.ts";
import { samplePeople } from "./crm/people.ts";
import { seedDirectory } from "./crm/seed-directory.ts";
import { startCrm, type RunningCrm } from "./crm/start-crm.ts";
import type { Ports } from "./ports.ts";
import { keepSecrets, type Secrets } from "./secrets.ts";
import { demoWorkspace } from "./workspace.ts";

export interface SandboxOptions {
  ports: Ports;
  dataFolder: string;
  /** Where the extension's builds return to after a sign-in. */
  redirects: string[];
  /** The location whose contacts the workspace has, instead of those of the sample CRM, which then stays empty. */
  highLevelLocation?: string;
  /** Anything else the backend shall be told, such as `DATABASE_URL`. */
  environment?: Record<string, string>;
}

export interface Sandbox {
  backendUrl: string;
  crmUrl: string;
  phonesUrl: string;
  readonly backend: BackendProcess;
  /** Starts the backend again after it was stopped or killed: the same address, the same data. */
  restartBackend: () => Promise<void>;
  close: () => Promise<void>;
}

/** Where published recipes go; absent until somebody signs some. */
export function recipesFile(dataFolder: string): string {
  return join(dataFolder, "recipes.json");
}

/** Starts the phone network, the backend and the sample CRM, in the order they need each other. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { ports, dataFolder, highLevelLocation: locationId } = options;
  const backendUrl = `http://127.0.0.1:${ports.backend}`;
  const secrets = await keepSecrets(dataFolder);
  const workspace = {
    ...demoWorkspace(secrets.directoryKey),
    ...(locationId !== undefined && { directory: { kind: "highlevel", locationId } }),
  };
  const carrier = await startCarrier({
    port: ports.phones,
    dataFolder: join(dataFolder, "carrier"),
    apiKey: secrets.carrierKey,
    webhook: { url: `${backendUrl}/webhooks/telnyx` },
    numbers: workspace.numbers.map(({ number }) => ({
      phoneNumber: number,
      type: number.startsWith("+1888") ? ("toll-free" as const) : ("long-code" as const),
    })),
    people: addressBook(),
  });
  const workspaceFile = join(dataFolder, "workspace.json");
  await mkdir(dataFolder, { recursive: true });
  await writeFile(workspaceFile, JSON.stringify(workspace, null, 2));
  const environment = environmentOf(options, { backendUrl, secrets, carrier, workspaceFile });
  let backend = await startBackendProcess(backendUrl, environment).catch(async (error: unknown) => {
    await carrier.close();
    throw error;
  });
  const crm = await openCrm(options, { backendUrl, apiKey: secrets.directoryKey }).catch(async (error: unknown) => {
    await backend.stop();
    await carrier.close();
    throw error;
  });
  return {
    backendUrl,
    crmUrl: crm.url,
    phonesUrl: carrier.url,
    get backend() {
      return backend;
    },
    restartBackend: async () => {
      backend = await startBackendProcess(backendUrl, environment);
    },
    close: async () => {
      await crm.close();
      await backend.stop();
      await carrier.close();
    },
  };
}

async function openCrm(
  { ports, highLevelLocation }: SandboxOptions,
  backend: { backendUrl: string; apiKey: string },
): Promise<RunningCrm> {
  if (highLevelLocation === undefined) await seedDirectory(backend);
  return startCrm({ port: ports.crm, host: "127.0.0.1", ...backend });
}

function environmentOf(
  { ports, dataFolder, redirects, environment = {} }: SandboxOptions,
  facts: { backendUrl: string; secrets: Secrets; carrier: RunningCarrier; workspaceFile: string },
): Record<string, string> {
  return {
    HOST: "127.0.0.1",
    PORT: String(ports.backend),
    PUBLIC_URL: facts.backendUrl,
    PARTYLINE_DATA: join(dataFolder, "database"),
    PARTYLINE_SECRET: facts.secrets.backend,
    PARTYLINE_SANDBOX: "1",
    PARTYLINE_WORKSPACE: facts.workspaceFile,
    EXTENSION_REDIRECTS: redirects.join(","),
    TELNYX_API_KEY: facts.secrets.carrierKey,
    TELNYX_PUBLIC_KEY: facts.carrier.publicKey,
    TELNYX_API_URL: `${facts.carrier.url}/v2`,
    RECIPES_FILE: recipesFile(dataFolder),
    ...environment,
  };
}

/** Handsets show the people of the sample CRM by name. */
function addressBook(): Record<string, string> {
  const entries = samplePeople().flatMap(({ name, phones }) =>
    phones.flatMap((phone) => {
      const number = normalisePhone(phone.number);
      return number === null || name === "" ? [] : [[number, name] as const];
    }),
  );
  return Object.fromEntries(entries);
}
