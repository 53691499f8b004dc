import { createConnection, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type ScanVerdict, VirusScanner } from '../../platform/files/virus-scanner.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { ClamdConfig } from './clamd.config.js';

const timeoutMs = 60_000;

/** ClamAV's daemon, by its INSTREAM command: chunks with their length before them, an empty one at the end, one line back. */
export class ClamdScanner extends VirusScanner {
  constructor(
    private readonly config: ClamdConfig,
    private readonly calls: ProviderCalls,
  ) {
    super();
  }

  scan(content: Readable): Promise<ScanVerdict> {
    return this.calls.run({
      provider: 'clamd',
      operation: 'scan',
      timeoutMs,
      repeatable: false,
      isOutage: () => true,
      send: (signal) => this.ask(content, signal),
    });
  }

  private async ask(content: Readable, signal: AbortSignal): Promise<ScanVerdict> {
    const { host, port } = this.config;
    const socket = createConnection({ host, port, signal });
    const [answer] = await Promise.all([text(socket), sendTo(socket, content)]).finally(() => socket.destroy());
    return verdictOf(answer);
  }
}

/** Clamd may hang up in the middle of what is too long for it; its answer says so. */
function sendTo(socket: Socket, content: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = Readable.from(frames(content));
    sending.on('error', (error) => {
      reject(error);
      socket.destroy();
    });
    socket.on('close', () => {
      sending.destroy();
      resolve();
    });
    sending.pipe(socket, { end: false });
  });
}

async function* frames(content: Readable): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for await (const chunk of content as AsyncIterable<Buffer>) {
    if (chunk.length > 0) yield framed(chunk);
  }
  yield framed(Buffer.alloc(0));
}

function framed(chunk: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length);
  return Buffer.concat([length, chunk]);
}

function verdictOf(answer: string): ScanVerdict {
  const verdict = answer.replace(/\0|\n/g, '').trim();
  if (verdict.endsWith(' OK')) return 'clean';
  if (verdict.endsWith(' FOUND')) return 'infected';
  throw new Error(`clamd gave no verdict: ${verdict.slice(0, 200)}`);
}
