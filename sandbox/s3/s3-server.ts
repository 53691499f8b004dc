import { Buffer } from 'node:buffer';
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type S3Credentials, signatureComplaint } from './signature.js';

export type S3Fault = 'error_500' | 'slow_down' | 'hangs_up';

interface Answer {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
}

const smallestPart = 5 * 1024 * 1024;

/** Amazon's S3 as far as objects go, with the bucket in the path: put, get, head, delete, and uploads in parts. */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  /** The parts of uploads that are neither completed nor aborted. */
  readonly uploads = new Map<string, Map<number, Buffer>>();
  private faults: S3Fault[] = [];
  private readonly server: Server;

  constructor(
    private readonly bucket: string,
    private readonly credentials: S3Credentials,
  ) {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  /** @returns the endpoint */
  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(() => closed()));
  }

  /** The next call goes wrong in that way. */
  breakNext(fault: S3Fault): void {
    this.faults.push(fault);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request).catch(() => null);
    const fault = this.faults.shift();
    if (body === null || fault === 'hangs_up') return void response.destroy();
    const { status, body: content = '', headers = {} } = this.answer(request, body, fault);
    const type = typeof content === 'string' ? 'application/xml' : 'application/octet-stream';
    response.writeHead(status, { 'content-type': type, 'x-amz-request-id': randomUUID(), ...headers });
    response.end(request.method === 'HEAD' ? undefined : content);
  }

  private answer(request: IncomingMessage, body: Buffer, fault: S3Fault | undefined): Answer {
    if (fault === 'error_500') return refusal(500, 'InternalError');
    if (fault === 'slow_down') return refusal(503, 'SlowDown');
    const complaint = signatureComplaint(request, body, this.credentials);
    if (complaint) return refusal(complaint === 'XAmzContentSHA256Mismatch' ? 400 : 403, complaint);
    const { pathname, searchParams } = new URL(request.url!, 'http://s3');
    const [, bucket, ...rest] = pathname.split('/');
    if (bucket !== this.bucket) return refusal(404, 'NoSuchBucket');
    const key = rest.join('/');
    const uploadId = searchParams.get('uploadId');
    if (request.method === 'POST' && searchParams.has('uploads')) return this.begin(key);
    if (uploadId !== null) return this.ofUpload(request.method!, key, uploadId, searchParams.get('partNumber'), body);
    return this.ofObject(request.method!, key, body);
  }

  private ofObject(method: string, key: string, body: Buffer): Answer {
    const object = this.objects.get(key);
    switch (method) {
      case 'PUT':
        this.objects.set(key, body);
        return { status: 200, headers: { etag: etag(body) } };
      case 'DELETE':
        this.objects.delete(key);
        return { status: 204 };
      case 'GET':
      case 'HEAD':
        if (!object) return refusal(404, 'NoSuchKey');
        return { status: 200, body: object, headers: { etag: etag(object), 'content-length': String(object.length) } };
      default:
        return refusal(405, 'MethodNotAllowed');
    }
  }

  private begin(key: string): Answer {
    const id = randomUUID();
    this.uploads.set(id, new Map());
    const names = `<Bucket>${this.bucket}</Bucket><Key>${key}</Key><UploadId>${id}</UploadId>`;
    return { status: 200, body: `<InitiateMultipartUploadResult>${names}</InitiateMultipartUploadResult>` };
  }

  private ofUpload(method: string, key: string, id: string, part: string | null, body: Buffer): Answer {
    const parts = this.uploads.get(id);
    if (!parts) return refusal(404, 'NoSuchUpload');
    if (method === 'PUT') {
      parts.set(Number(part), body);
      return { status: 200, headers: { etag: etag(body) } };
    }
    this.uploads.delete(id);
    return method === 'DELETE' ? { status: 204 } : this.complete(key, parts);
  }

  private complete(key: string, parts: ReadonlyMap<number, Buffer>): Answer {
    const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
    if (inOrder.slice(0, -1).some((part) => part.length < smallestPart)) return refusal(400, 'EntityTooSmall');
    const object = Buffer.concat(inOrder);
    this.objects.set(key, object);
    const result = `<Bucket>${this.bucket}</Bucket><Key>${key}</Key><ETag>${etag(object)}</ETag>`;
    return { status: 200, body: `<CompleteMultipartUploadResult>${result}</CompleteMultipartUploadResult>` };
  }
}

function refusal(status: number, code: string): Answer {
  return { status, body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>` };
}

function etag(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}
