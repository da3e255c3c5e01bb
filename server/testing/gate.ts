import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A way to a database server that can be shut: connections end at once and new ones are refused. */
export interface Gate {
  /** The database's address, through the gate. */
  url: string;
  shut: () => Promise<void>;
  open: () => Promise<void>;
}

export async function openGate(databaseUrl: string): Promise<Gate> {
  const address = new URL(databaseUrl);
  const { hostname } = address;
  const behind = Number(address.port);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  };
  let port = 0;
  let server: Server;

  const open = async () => {
    server = createServer((socket) => {
      const further = connect(behind, hostname);
      for (const [one, other] of [
        [socket, further],
        [further, socket],
      ] as const) {
        keep(one);
        one.pipe(other);
        one.on("close", () => other.destroy());
      }
    });
    await new Promise<void>((resolve) => {
      server.listen(port, hostname, resolve);
    });
    ({ port } = server.address() as AddressInfo);
  };

  await open();
  address.port = String(port);
  return {
    url: address.href,
    open,
    shut: async () => {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
