import { Buffer } from 'node:buffer';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What every scanner finds and nobody is harmed by; written in two so that no scanner finds this file. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export type ClamdMood = 'well' | 'silent' | 'hangs_up' | 'size_limit';

const command = Buffer.from('zINSTREAM\0');

/** ClamAV's daemon as far as INSTREAM goes: `zINSTREAM\0`, chunks with their length before them, an empty one, an answer. */
export class ClamdServer {
  mood: ClamdMood = 'well';
  private readonly server: Server;

  constructor() {
    this.server = createServer((socket) => this.serve(socket));
  }

  async listen(host = '127.0.0.1', port = 0): Promise<number> {
    await new Promise<void>((listening) => this.server.listen(port, host, listening));
    return (this.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((closed) => this.server.close(() => closed()));
  }

  private serve(socket: Socket): void {
    const received: Buffer[] = [];
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      received.push(chunk);
      const answer = this.answerTo(received);
      if (answer === null) socket.destroy();
      else if (answer !== undefined) socket.end(`${answer}\0`);
    });
  }

  /** Undefined while there is more to come; null to hang up. */
  private answerTo(received: readonly Buffer[]): string | null | undefined {
    if (this.mood === 'silent') return undefined;
    if (this.mood === 'hangs_up') return null;
    if (this.mood === 'size_limit') return 'INSTREAM size limit exceeded. ERROR';
    // The empty chunk at the end is four zeros; reading all of it at every piece would be slow.
    if (!Buffer.concat(received.slice(-4)).subarray(-4).equals(Buffer.alloc(4))) return undefined;
    const all = Buffer.concat(received);
    if (!all.subarray(0, command.length).equals(command)) return 'UNKNOWN COMMAND';
    const content = contentOf(all.subarray(command.length));
    if (content === undefined) return undefined;
    return content.includes(EICAR) ? 'stream: Win.Test.EICAR_HDB-1 FOUND' : 'stream: OK';
  }
}

/** The chunks joined, once the empty one has come. */
function contentOf(frames: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; at + 4 <= frames.length;) {
    const length = frames.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(frames.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
