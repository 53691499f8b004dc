import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a calendar's server may misbehave: an HTTP status, a redirect, silence, or more than anybody reads. */
export type IcalFault =
  | { readonly status: number }
  | { readonly redirectTo: string }
  | 'never_answers'
  | 'hangs_up'
  | 'endless'
  | 'no_calendar';

/** The server of somebody's private calendar: publishes iCal files, and answers 304 to whoever has the same copy. */
export class IcalServer {
  readonly requests: IncomingMessage[] = [];
  private readonly feeds = new Map<string, string>();
  private readonly faults = new Map<string, IcalFault>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      this.requests.push(request);
      this.serve(request.url ?? '/', request, response);
    });
  }

  /** @returns the address of its root, without a slash at the end */
  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(() => closed()));
  }

  /** Publishes events under a path, each as its lines between BEGIN:VEVENT and END:VEVENT. */
  publish(path: string, events: readonly (readonly string[])[]): void {
    const lines = events.flatMap((event, i) => ['BEGIN:VEVENT', `UID:${i}@sandbox`, ...event, 'END:VEVENT']);
    const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Sandbox//EN', ...lines, 'END:VCALENDAR', ''];
    this.feeds.set(path, calendar.join('\r\n'));
  }

  /** Until it is mended with null. */
  break(path: string, fault: IcalFault | null): void {
    if (fault) this.faults.set(path, fault);
    else this.faults.delete(path);
  }

  private serve(path: string, request: IncomingMessage, response: ServerResponse): void {
    const fault = this.faults.get(path);
    if (fault) return misbehave(fault, request, response);
    const feed = this.feeds.get(path);
    if (feed === undefined) return void response.writeHead(404).end();
    const etag = `"${createHash('sha256').update(feed).digest('base64url')}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { 'content-type': 'text/calendar; charset=utf-8', etag }).end(feed);
  }
}

function misbehave(fault: IcalFault, request: IncomingMessage, response: ServerResponse): void {
  if (typeof fault === 'object') {
    if ('status' in fault) response.writeHead(fault.status).end();
    else response.writeHead(302, { location: fault.redirectTo }).end();
    return;
  }
  if (fault === 'hangs_up') request.socket.destroy();
  if (fault === 'no_calendar') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
  if (fault === 'endless') endless(response);
}

function endless(response: ServerResponse): void {
  const line = `X-MORE:${'m'.repeat(60)}\r\n`.repeat(1_000);
  response.writeHead(200, { 'content-type': 'text/calendar' });
  const more = (): void => {
    while (response.write(line));
    response.once('drain', more);
  };
  more();
}
