import { z } from "zod";

/** UUIDv7 made by whoever creates the thing, so that a retry names the same thing. */
export const Id = z.uuid().toLowerCase().describe("UUID, version 7 where we make it");
export const Time = z.iso.datetime().describe("RFC 3339, UTC");
export const PhoneNumber = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/)
  .describe("E.164");
/** A contact's id in the CRM: opaque to us, so only bounded. */
export const ContactId = z.string().min(1).max(128).describe("The CRM's own id of the contact");
export const Cursor = z.string().max(200).describe("Opaque; pass back what you were given");
