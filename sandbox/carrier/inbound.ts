import type { Carrier } from "./carrier.ts";
import { carrierAnswer, readKeyword, type Keyword } from "./keywords.ts";
import { reaches } from "./magic-numbers.ts";
import { profileOf, type OwnNumber } from "./own-number.ts";
import { receivedPayload } from "./payloads.ts";
import type { HandsetText, Picture, Received } from "./state.ts";
import { emit, profileUrls } from "./webhooks.ts";

export interface HandsetDraft {
  from: string;
  /** Everybody else in the thread, business numbers included. */
  to: string[];
  text: string;
  pictures: Picture[];
}

const TEXTS_KEPT = 5000;
const RECEIVED_KEPT = 2000;

/** A person sends from their phone: it reaches the other phones of the set, and each business number in it. */
export function textFromHandset(carrier: Carrier, draft: HandsetDraft): HandsetText {
  const text = putOnHandsets(carrier, draft);
  const keyword = draft.pictures.length === 0 ? readKeyword(draft.text) : null;
  for (const own of text.members.map((number) => carrier.own(number)).filter((own) => own !== undefined)) {
    const answered = keyword !== null && obey(carrier, own, draft.from, keyword);
    receive(carrier, own, draft, keyword);
    if (answered) {
      putOnHandsets(carrier, { from: own.phoneNumber, to: [draft.from], text: carrierAnswer(keyword), pictures: [] });
    }
  }
  carrier.changed();
  return text;
}

/** One text on every handset it reaches. A handset shows it in the thread of exactly these members. */
export function putOnHandsets(carrier: Carrier, draft: HandsetDraft, notTo: readonly string[] = []): HandsetText {
  const members = [...new Set([draft.from, ...draft.to])].toSorted();
  const text: HandsetText = {
    id: carrier.parts.newId(),
    members,
    from: draft.from,
    text: draft.text,
    pictures: draft.pictures.map(({ id, contentType }) => ({ id, contentType })),
    at: carrier.nowIso(),
    visibleTo: members.filter(
      (number) =>
        number === draft.from ||
        (carrier.own(number) === undefined && !notTo.includes(number) && reaches(carrier.fateOf(number))),
    ),
  };
  carrier.state.texts = [...carrier.state.texts, text].slice(-TEXTS_KEPT);
  carrier.changed();
  return text;
}

/** Tells the business: one `message.received` for the business number, with the rest of the set. */
export function receive(carrier: Carrier, own: OwnNumber, draft: HandsetDraft, keyword: Keyword | null): void {
  const received: Received = {
    id: carrier.parts.newId(),
    own: own.phoneNumber,
    from: draft.from,
    others: draft.to.filter((number) => number !== own.phoneNumber),
    text: draft.text,
    pictures: draft.pictures,
    at: carrier.nowIso(),
    autoresponse: keyword,
    told: false,
  };
  carrier.state.received = [...carrier.state.received, received].slice(-RECEIVED_KEPT);
  void tell(carrier, own, received);
}

/** After a restart: texts whose webhook was not yet tried. */
export function resumeInbound(carrier: Carrier): void {
  for (const received of carrier.state.received.filter((one) => !one.told)) {
    const own = carrier.own(received.own);
    if (own) void tell(carrier, own, received);
  }
}

async function tell(carrier: Carrier, own: OwnNumber, received: Received): Promise<void> {
  const how = carrier.behaviour;
  const payload = receivedPayload(received, own, carrier.url, how);
  await emit(carrier, "message.received", payload, profileUrls(carrier), how);
  if (carrier.stopped) return;
  received.told = true;
  carrier.changed();
}

/** True when the carrier answers: a second STOP, or a START without a STOP, changes nothing and gets no answer. */
function obey(carrier: Carrier, own: OwnNumber, number: string, keyword: Keyword): boolean {
  if (keyword === "HELP") return true;
  const profileId = profileOf(own);
  const { state } = carrier;
  const rest = state.blocks.filter((block) => block.profileId !== profileId || block.number !== number);
  const was = rest.length < state.blocks.length;
  state.blocks = keyword === "STOP" ? [...rest, { profileId, number }] : rest;
  return keyword === "STOP" ? !was : was;
}
