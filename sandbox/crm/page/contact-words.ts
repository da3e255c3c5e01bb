import type { CrmContact } from "../crm-contact.ts";

export function displayName(contact: Pick<CrmContact, "name">): string {
  return contact.name.trim() || "Unnamed contact";
}

export function initials(contact: Pick<CrmContact, "name">): string {
  const words = contact.name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined];
  return (
    letters
      .map((word) =>
        String.fromCodePoint(word?.codePointAt(0) ?? 32)
          .trim()
          .toLocaleUpperCase(),
      )
      .join("") || "?"
  );
}

/** A steady hue for a contact's avatar, so that people are recognised while scrolling. */
export function avatarHue(id: string): string {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 360;
  return String(sum);
}

/** The chip of the status column; null while texting is fine. */
export function doNotDisturbWords(contact: Pick<CrmContact, "doNotDisturb" | "smsStatus">): string | null {
  if (contact.smsStatus === "permanent") return "DND · carrier block";
  if (contact.doNotDisturb) return "DND";
  return contact.smsStatus === "active" ? "DND · SMS" : null;
}

const DATE = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", year: "numeric" });

export function timeAgo(at: string, now: number): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(at)) / 60_000));
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  return hours < 24 * 14 ? `${Math.round(hours / 24)} d ago` : DATE.format(Date.parse(at));
}
