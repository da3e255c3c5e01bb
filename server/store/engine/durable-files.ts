import { fdatasyncSync } from "node:fs";
import type { PGlite, postgresMod } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

interface NodeFilesOfEmscripten {
  stream_ops: { fsync?: (stream: { nfd: number }) => number };
  tryFSOperation: <Value>(operation: () => Value) => Value;
}

/**
 * PGlite's files on disk, with the one operation its file system leaves out: fsync. Without it the
 * engine believes every commit is on disk when it is only in the system's memory.
 * This reaches into the engine's internals, so its version is pinned exactly and a probe checks it.
 */
export class DurableFiles extends NodeFS {
  syncs = 0;

  override init(pg: PGlite, options: Partial<postgresMod.PostgresMod>) {
    const addFsync = (module: postgresMod.PostgresMod) => {
      const files = (module as unknown as { NODEFS: NodeFilesOfEmscripten }).NODEFS;
      files.stream_ops.fsync = (stream) => {
        files.tryFSOperation(() => fdatasyncSync(stream.nfd));
        this.syncs += 1;
        return 0;
      };
    };
    return super.init(pg, { ...options, preRun: [...(options.preRun ?? []), addFsync] });
  }
}
