import type { ReadonlySignal } from "@preact/signals";
import type { BackgroundCalls, PanelEvent } from "../background-calls.ts";
import type { PanelReplica } from "../panel-replica.ts";
import type { ReplicaChange } from "../replica.ts";
import type { Leave } from "../sites.ts";
import type { Stream } from "../stream.ts";

/** All that the panel's models touch of the world, so that a test can hand them another one. */
export interface Gateway {
  /** Read for everything but drafts, which the panels alone write. */
  replica: PanelReplica;
  calls: BackgroundCalls;
  events: Stream<PanelEvent>;
  changes: Stream<ReplicaChange>;
  /** Tells the other panels what this one wrote to the replica. */
  announce(change: ReplicaChange): void;
  /** Asks the browser for a site; to be called straight from a click. */
  enableSite(url: string): Promise<Leave>;
  /** Moves the panel from the page into the browser's own side panel; null where it is in no page. */
  openSidePanel: (() => void) | null;
  /** Whether the panel is visible and has the focus: only then does showing a message mean that it was read. */
  attentive: ReadonlySignal<boolean>;
  /** Whether the user saw the panel when they pressed something in it just now. */
  wasInSight(): Promise<boolean>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** UUIDv7: the id of a thing this panel makes, and of the command that makes it. */
  newId(): string;
}
