/** What the main thread and the thread that runs the embedded engine say to each other. */
export type ToEngine = { type: "bytes"; connection: number; bytes: Uint8Array<ArrayBuffer> } | { type: "close" };

export type FromEngine =
  | { type: "ready" }
  | { type: "refused"; reason: "corrupt" | "not_durable" | "unusable"; detail: string }
  | { type: "bytes"; connection: number; bytes: Uint8Array<ArrayBuffer> }
  | { type: "closed" };

export interface EngineFolders {
  /** The engine's own files. */
  data: string;
  /** Where a new database is prepared before it is moved to `data` as a whole. */
  fresh: string;
}
