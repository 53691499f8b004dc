import { Buffer } from 'node:buffer';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What every scanner finds and nobody is harmed by; written in two so that no scanner finds this file. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export type ClamdMood = 'well' | 'hangs_up' | 'size_limit';

const command = Buffer.from('zINSTREAM\0');

/** ClamAV's daemon as far as INSTREAM goes: `zINSTREAM\0`, chunks with their length before them, an empty one, an answer. */
export class ClamdServer {
  mood: ClamdMood = 'well';
  private readonly server: Server;

  constructor() {
    this.server = createServer((socket) => void this.serve(socket));
  }

  async listen(host = '127.0.0.1', port = 0): Promise<number> {
    await new Promise<void>((listening) => this.server.listen(port, host, listening));
    return (this.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((closed) => this.server.close(() => closed()));
  }

  private async serve(socket: Socket): Promise<void> {
    try {
      const answer = await this.answer(socket);
      if (answer === null) socket.destroy();
      else socket.end(`${answer}\0`).resume();
    } catch {
      socket.destroy();
    }
  }

  /** Null to hang up. */
  private async answer(socket: Socket): Promise<string | null> {
    if (this.mood === 'hangs_up') return null;
    if (this.mood === 'size_limit') return 'INSTREAM size limit exceeded. ERROR';
    const content = await contentOf(socket);
    return content.includes(EICAR) ? 'stream: Win.Test.EICAR_HDB-1 FOUND' : 'stream: OK';
  }
}

/** The chunks joined, once the empty one has come. @throws Error when the caller hangs up before */
async function contentOf(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let rest = Buffer.alloc(0);
  // Where in it the next chunk's length stands.
  let at = command.length;
  for await (const piece of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, piece]);
    while (rest.length >= at + 4) {
      const length = rest.readUInt32BE(at);
      if (length === 0) return Buffer.concat(chunks);
      if (rest.length < at + 4 + length) break;
      chunks.push(rest.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
    const read = Math.min(at, rest.length);
    rest = rest.subarray(read);
    at -= read;
  }
  throw new Error('the caller hung up');
}
