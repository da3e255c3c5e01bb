import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { vendorDescription } from "../testing/validating-proxy.ts";

const AREAS = ["contacts", "users", "phone-system", "oauth"];

/** Whether the vendor's descriptions are at hand. */
export function hasDescriptions(): boolean {
  return AREAS.every((area) => vendorDescription(fileOf(area)) !== null);
}

/**
 * Writes one description for the validating proxy and answers its path: the vendor has one for each area, with the shared
 * errors in a file beside them.
 */
export function writeDescription(folder: string): string {
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = { ...SHARED_ERRORS };
  let securitySchemes: unknown = {};
  for (const area of AREAS) {
    const text = readFileSync(vendorDescription(fileOf(area)) ?? "", "utf8")
      .replaceAll('"#/components/schemas/', `"#/components/schemas/${area}_`)
      .replaceAll(/"[^"#]*common-schemas\.json#\/components\/schemas\//g, '"#/components/schemas/');
    const spec = JSON.parse(text) as {
      paths: object;
      components: { schemas: Record<string, unknown>; securitySchemes: object };
    };
    Object.assign(paths, spec.paths);
    for (const [name, schema] of Object.entries(spec.components.schemas)) schemas[`${area}_${name}`] = schema;
    securitySchemes = { ...(securitySchemes as object), ...spec.components.securitySchemes };
  }
  const file = join(folder, "highlevel.json");
  const info = { title: "HighLevel", version: "2" };
  writeFileSync(file, JSON.stringify({ openapi: "3.0.0", info, paths, components: { schemas, securitySchemes } }));
  return file;
}

const message = { statusCode: { type: "number" }, message: { type: "string" }, error: { type: "string" } };
const SHARED_ERRORS = {
  BadRequestDTO: { type: "object", properties: message },
  UnauthorizedDTO: { type: "object", properties: message },
  UnprocessableDTO: {
    type: "object",
    properties: { ...message, message: { type: "array", items: { type: "string" } } },
  },
};

function fileOf(area: string): string {
  return `highlevel-${area}.json`;
}
