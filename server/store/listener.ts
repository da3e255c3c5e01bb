import { Client, type ClientBase, type ClientConfig, escapeIdentifier, type Pool } from "pg";

/** Hears what any replica announces with `pg_notify`. */
export interface Listener {
  /**
   * @param onSubscribed called on every (re)subscription: what was said in between was missed
   */
  listen: (channel: string, onPayload: (payload: string) => void, onSubscribed?: () => void) => Promise<void>;
  close: () => Promise<void>;
}

export interface Subscription {
  onPayload: (payload: string) => void;
  onSubscribed: () => void;
}

export type Subscriptions = Map<string, Subscription>;
type OnError = (error: Error) => void;

const RETRY_MS = { first: 200, most: 5_000 };
const HEARTBEAT_MS = 10_000;

/** Listens on the connection of a pool that has only one. The pool must `subscribe` whichever replaces it. */
export function listenOnPool(pool: Pool, subscriptions: Subscriptions): Listener {
  return {
    listen: async (channel, onPayload, onSubscribed = () => undefined) => {
      subscriptions.set(channel, { onPayload, onSubscribed });
      await pool.query(`listen ${escapeIdentifier(channel)}`);
      onSubscribed();
    },
    close: async () => subscriptions.clear(),
  };
}

/** Listens on a connection of its own, since a pool may close an idle one; reconnects by itself. */
export function listenAlone(config: ClientConfig, onError: OnError): Listener {
  const subscriptions: Subscriptions = new Map();
  let current: Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let wait = RETRY_MS.first;
  let closed = false;
  let first: Promise<void> | undefined;

  const connect = async () => {
    const client = new Client(config);
    current = client;
    const lost = untilLost(client);
    try {
      await client.connect();
      await subscribe(client, subscriptions);
      wait = RETRY_MS.first;
      void lost.then(replace, replace);
    } catch (error) {
      replace(error as Error);
    }
  };

  const replace = (cause: Error) => {
    void current?.end().catch(() => undefined);
    if (closed) return;
    onError(cause);
    retry = setTimeout(() => void connect(), wait);
    wait = Math.min(wait * 2, RETRY_MS.most);
  };

  return {
    listen: async (channel, onPayload, onSubscribed = () => undefined) => {
      subscriptions.set(channel, { onPayload, onSubscribed });
      if (first === undefined) return (first = connect());
      await first;
      // A client that is just being replaced fails here; its successor subscribes to everything.
      await current?.query(`listen ${escapeIdentifier(channel)}`).then(onSubscribed, () => undefined);
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await current?.end().catch(() => undefined);
    },
  };
}

/** A connection can die without a word; only a question finds out. */
function untilLost(client: Client): Promise<Error> {
  const { promise, resolve } = Promise.withResolvers<Error>();
  const heartbeat = setInterval(() => {
    client.query("select 1").catch(resolve);
  }, HEARTBEAT_MS);
  client.on("error", resolve);
  client.on("end", () => resolve(new Error("the listening connection ended")));
  return promise.finally(() => clearInterval(heartbeat));
}

/** Makes a new connection hear every channel. */
export async function subscribe(client: ClientBase, subscriptions: Subscriptions): Promise<void> {
  client.on("notification", ({ channel, payload }) => subscriptions.get(channel)?.onPayload(payload ?? ""));
  for (const [channel, { onSubscribed }] of subscriptions) {
    await client.query(`listen ${escapeIdentifier(channel)}`);
    onSubscribed();
  }
}
