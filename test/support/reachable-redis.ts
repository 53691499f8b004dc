import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { redisUrl } from './database-server.js';

/** The tests' Redis behind a door of its own that can be shut and opened again. */
export async function reachableRedis() {
  const url = new URL(redisUrl);
  const [host, port] = [url.hostname, Number(url.port)];
  const sockets = new Set<Socket>();
  const door = createServer((socket) => {
    const inside = connect({ host, port });
    for (const each of [socket, inside]) {
      sockets.add(each);
      each.on('error', () => each.destroy()).on('close', () => [socket, inside].forEach((other) => other.destroy()));
    }
    socket.pipe(inside).pipe(socket);
  });
  const open = (at: number) => new Promise<void>((resolve) => door.listen(at, '127.0.0.1', resolve));
  const shut = () => {
    door.close();
    for (const socket of sockets) socket.destroy();
  };
  await open(0);
  const { port: own } = door.address() as AddressInfo;
  url.host = `127.0.0.1:${own}`;
  return { url: url.href, goAway: shut, comeBack: () => open(own), close: shut };
}
