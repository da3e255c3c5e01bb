import type { z } from "zod";

/** One fault of something that came from outside: where it is, as a JSON Pointer (RFC 6901), and what is wrong there. */
export interface Fault {
  pointer: string;
  detail: string;
}

export function faultsOf({ issues }: z.ZodError): Fault[] {
  return issues.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message }));
}

/** The faults in one line each, as people read them. */
export function describeFaults(faults: readonly Fault[]): string {
  return faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join("; ");
}

function pointerOf(path: readonly PropertyKey[]): string {
  return `/${path.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
}
