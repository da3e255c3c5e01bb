import { randomInt } from "node:crypto";
import { createServer } from "node:net";

export interface Ports {
  backend: number;
  crm: number;
  phones: number;
}

const VARIABLES = { backend: "PORT", crm: "CRM_PORT", phones: "PHONES_PORT" } as const;
const DEFAULTS: Ports = { backend: 4310, crm: 4311, phones: 4312 };

/** A port that cannot be used, in a sentence that names it and the variable that changes it. */
export class PortError extends Error {
  override name = "PortError";
}

/** The three ports, from the environment where it names them. */
export function readPorts(environment: Record<string, string | undefined>): Ports {
  const read = (part: keyof Ports): number => {
    const given = environment[VARIABLES[part]];
    if (given === undefined || given === "") return DEFAULTS[part];
    const port = Number(given);
    if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
    throw new PortError(`${VARIABLES[part]} is "${given}", which is no port. Set it to a number from 1 to 65535.`);
  };
  return { backend: read("backend"), crm: read("crm"), phones: read("phones") };
}

/** Throws for the first port that another program holds, before anything is started. */
export async function requireFree(ports: Ports): Promise<void> {
  if (new Set([ports.backend, ports.crm, ports.phones]).size < 3) {
    throw new PortError("PORT, CRM_PORT and PHONES_PORT must be three different ports.");
  }
  for (const part of ["backend", "crm", "phones"] as const) {
    if (await isFree(ports[part])) continue;
    throw new PortError(
      `Port ${ports[part]} is taken by another program. Stop it, or choose another port with ${VARIABLES[part]}, ` +
        `such as ${VARIABLES[part]}=${ports[part] + 10} npm start.`,
    );
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  probe.once("error", () => resolve(false));
  probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  return promise;
}

/** Three ports that are free now, for a run that must not meet another. */
export async function freePorts(): Promise<Ports> {
  return { backend: await freePort(), crm: await freePort(), phones: await freePort() };
}

/**
 * Below the ports that operating systems hand out by themselves: one of those may be somebody's outgoing connection a
 * moment after it was found free.
 */
const SEARCHED = { from: 12_000, to: 32_000 };

/** A port that is free now, to be given to a program that listens on it a moment later. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(SEARCHED.from, SEARCHED.to);
    if (await isFree(port)) return port;
  }
}
