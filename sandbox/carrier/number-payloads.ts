import { profileOf, stableUuid, type OwnNumber } from "./own-number.ts";
import type { Json } from "./payloads.ts";

/** When the emulated numbers were bought: any day will do, as long as it stays. */
const BOUGHT_AT = "2026-01-05T09:00:00.000Z";

/** The vendor's ids of numbers are long strings of digits. */
export function idOfNumber(own: OwnNumber): string {
  return `29${own.phoneNumber.slice(1).padStart(17, "0")}`;
}

export function detailedNumber(own: OwnNumber): Json {
  return {
    id: idOfNumber(own),
    record_type: "phone_number",
    phone_number: own.phoneNumber,
    phone_number_type: own.type === "toll-free" ? "toll_free" : "local",
    country_iso_alpha2: "US",
    status: "active",
    tags: [],
    created_at: BOUGHT_AT,
    purchased_at: BOUGHT_AT,
    updated_at: BOUGHT_AT,
    deletion_lock_enabled: false,
    external_pin: null,
    messaging_profile_id: profileOf(own),
    messaging_profile_name: "Sandbox",
    messaging_campaign_id: null,
  };
}

export function messagingSettings(own: OwnNumber): Json {
  const feature = { domestic_two_way: true, international_inbound: false, international_outbound: false };
  return {
    id: idOfNumber(own),
    record_type: "messaging_settings",
    phone_number: own.phoneNumber,
    type: own.type ?? "long-code",
    country_code: "US",
    messaging_profile_id: profileOf(own),
    messaging_product: "A2P",
    traffic_type: "A2P",
    eligible_messaging_products: ["A2P"],
    features: { sms: feature, mms: own.mms === false ? null : feature },
    health: { message_count: 0, inbound_outbound_ratio: 0, success_ratio: 1, spam_ratio: 0 },
    organization_id: stableUuid("organization"),
    tags: [],
    created_at: BOUGHT_AT,
    updated_at: BOUGHT_AT,
  };
}

/** One page that holds everything. */
export function page(items: Json[]): Json {
  return {
    data: items,
    meta: { page_number: 1, page_size: Math.max(20, items.length), total_pages: 1, total_results: items.length },
  };
}
