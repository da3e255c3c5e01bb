/** The data folder belongs to another running process. Two writers in one folder lose commits silently. */
export class DataFolderInUseError extends Error {
  override name = "DataFolderInUseError";

  constructor(folder: string) {
    super(
      `The data folder ${folder} is in use by another Partyline process. ` +
        "Stop that process, or start this one with another folder (PARTYLINE_DATA).",
    );
  }
}

/** The files are there but the database engine cannot open them. */
export class DataFolderCorruptError extends Error {
  override name = "DataFolderCorruptError";

  constructor(folder: string, cause: unknown) {
    super(
      `The database in ${folder} cannot be opened: ${reasonOf(cause)}. Nothing was deleted. ` +
        "Restore the folder from a backup, or move it away to start with an empty database.",
      { cause },
    );
  }
}

/** The folder cannot be created, read or written by this user. */
export class DataFolderUnusableError extends Error {
  override name = "DataFolderUnusableError";

  constructor(folder: string, cause: unknown) {
    super(
      `The data folder ${folder} cannot be used: ${reasonOf(cause)}. ` +
        "Make it a folder this user may write to, with free space, or choose another one.",
      { cause },
    );
  }
}

/** Commits would not survive a power failure, so the engine refuses to take any. */
export class DurabilityError extends Error {
  override name = "DurabilityError";

  constructor(folder: string) {
    super(
      `The embedded database in ${folder} acknowledged a commit without writing it to the disk. ` +
        "It must not be used: reinstall the exact pinned version of the database engine.",
    );
  }
}

/** The embedded engine died while running; every query fails until the process is started again. */
export class EmbeddedDatabaseStoppedError extends Error {
  override name = "EmbeddedDatabaseStoppedError";

  constructor(cause: unknown) {
    super(`The embedded database has stopped: ${reasonOf(cause)}. Restart the server; committed data is on disk.`, {
      cause,
    });
  }
}

/** A PostgreSQL server was configured and does not answer, or refuses these credentials. */
export class DatabaseUnreachableError extends Error {
  override name = "DatabaseUnreachableError";

  /** @param address host, port and database, never the password */
  constructor(address: string, cause: unknown) {
    super(`PostgreSQL at ${address} cannot be reached: ${reasonOf(cause)}. Start it, or correct DATABASE_URL.`, {
      cause,
    });
  }
}

export class MigrationFailedError extends Error {
  override name = "MigrationFailedError";

  constructor(migration: string, cause: unknown) {
    super(
      `The database migration ${migration} failed and was rolled back: ${reasonOf(cause)}. ` +
        "The data is as it was before; run the previous version until this is solved.",
      { cause },
    );
  }
}

export function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  if (cause instanceof Error) return cause.message.replace(/\.$/u, "");
  return String(cause);
}
