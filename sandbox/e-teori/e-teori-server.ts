import { randomUUID } from 'node:crypto';
import type { Faults } from '../faults/faults.js';
import { BoundedMap } from '../http/bounded-map.js';
import { answered } from '../http/refusal.js';
import type { Operation, Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { WebhookSender, type WebhookTarget } from '../http/webhook-sender.js';
import type { VendorContract } from '../vendor-specs/vendor-contract.js';
import { EteoriProblem } from './e-teori-problem.js';
import { signatureOf, webhookHeaders } from './e-teori-signature.js';
import {
  CATALOGUE,
  type EteoriLink,
  type EteoriReport,
  type EteoriStudent,
  EteoriStudents,
} from './e-teori-students.js';

export interface EteoriServerOptions {
  apiKey: string;
  signingSecret: string;
  webhookSecret: string;
  webhooks: WebhookTarget;
  /** Where the student of that link learns. */
  pageUrl: (reference: string) => string;
}

export interface EteoriEvent {
  eventId: string;
  type: 'progress.updated';
  accountId: string;
  report: EteoriReport;
}

const CLOCKS_DIFFER_MS = 15 * 60_000;
const PAGE = 100;
const RETRY_AFTER_SECONDS = 1;

/** e-teori.dk, as docs/partners/e-teori.openapi.json has it: an account is any number that begins with `ks-`. */
export class EteoriServer implements Vendor {
  readonly system = 'e-teori';
  readonly students = new EteoriStudents(() => this.now());
  readonly operations: readonly Operation[];
  readonly webhooks: WebhookSender<EteoriEvent>;
  /** How wrong its clock is. */
  clockSkewMs = 0;
  private readonly feeds = new BoundedMap<string, EteoriReport[]>();
  private readonly nonces = new BoundedMap<string, true>();

  constructor(
    private readonly options: EteoriServerOptions,
    faults: Faults,
    readonly contract: VendorContract,
  ) {
    this.webhooks = new WebhookSender(
      {
        system: 'e-teori',
        kindOf: ({ type }) => type,
        bodyOf: (event) => JSON.stringify(event),
        headersOf: ({ eventId }, body, url) => webhookHeaders(body, eventId, url, options.webhookSecret, this.now()),
      },
      options.webhooks,
      faults,
    );
    const link = '/partner/v1/accounts/:accountId/links/:reference';
    this.operations = [
      { name: 'links.put', method: 'PUT', path: link, handle: (request) => this.put(request) },
      { name: 'links.get', method: 'GET', path: link, handle: (request) => ok(this.view(this.named(request))) },
      { name: 'links.delete', method: 'DELETE', path: link, handle: (request) => this.close(request) },
      { name: 'links.progress', method: 'GET', path: `${link}/progress`, handle: (request) => this.progress(request) },
      {
        name: 'progress.list',
        method: 'GET',
        path: '/partner/v1/accounts/:accountId/progress',
        handle: (request) => this.page(request),
      },
      { name: 'catalogue.get', method: 'GET', path: '/partner/v1/catalogue', handle: () => ok(CATALOGUE) },
    ];
  }

  refuseStranger(request: VendorRequest): VendorAnswer | undefined {
    const code = this.objectionTo(request);
    return code ? new EteoriProblem(401, code).toAnswer() : undefined;
  }

  act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    return answered(async () => {
      const { accountId } = request.params;
      if (accountId !== undefined && !/^ks-\w+$/.test(accountId)) throw new EteoriProblem(404, 'account_unknown');
      return operation.handle(request);
    });
  }

  failure(status: number, message: string): VendorAnswer {
    const isHaste = status === 429;
    const answer = new EteoriProblem(status, isHaste ? 'too_many_requests' : 'failed', message).toAnswer();
    return isHaste ? { ...answer, headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } } : answer;
  }

  /** What a student does; his schools have been told, or tried to be, when this resolves. */
  async does(reference: string, act: (students: EteoriStudents, student: EteoriStudent) => void): Promise<void> {
    const student = this.students.links.get(reference)?.student;
    if (!student) throw new Error(`nobody learns by ${reference}`);
    act(this.students, student);
    await Promise.all(this.students.linksOf(student).map((link) => this.tell(link)));
  }

  activate(reference: string): Promise<void> {
    return this.does(reference, (students, student) => students.activate(student));
  }

  readLesson(reference: string): Promise<void> {
    return this.does(reference, (students, student) => students.readLesson(student));
  }

  takeTest(reference: string, score: number): Promise<void> {
    return this.does(reference, (students, student) => students.takeTest(student, score));
  }

  /** Everything that was ever new of an account, oldest first; what is put in is told as it is. */
  feed(accountId: string): EteoriReport[] {
    const feed = this.feeds.get(accountId) ?? [];
    this.feeds.set(accountId, feed);
    return feed;
  }

  clear(): void {
    this.webhooks.clear();
    this.students.clear();
    this.feeds.clear();
    this.nonces.clear();
    this.clockSkewMs = 0;
  }

  private now(): Date {
    return new Date(Date.now() + this.clockSkewMs);
  }

  private objectionTo({ method, url, headers, body }: VendorRequest): string | undefined {
    const header = (name: string) => String(headers[`x-eteori-${name}`] ?? '');
    const [timestamp, nonce] = [header('timestamp'), header('nonce')];
    // JSON of JSON is the same text again.
    const text = headers['content-type'] ? JSON.stringify(body) : '';
    const signature = signatureOf({ method, target: url, timestamp, nonce, body: text }, this.options.signingSecret);
    const isKnown = headers.authorization === `Bearer ${this.options.apiKey}`;
    if (!isKnown || header('signature') !== signature) return 'unauthorized';
    if (!(Math.abs(this.now().getTime() - Number(timestamp) * 1_000) <= CLOCKS_DIFFER_MS)) return 'clock_skew';
    if (this.nonces.has(nonce)) return 'replayed';
    this.nonces.set(nonce, true);
    return undefined;
  }

  private put({ params, body }: VendorRequest): VendorAnswer {
    const { accountId = '', reference = '' } = params;
    const isNew = this.students.open(accountId, reference, body as { email: string; name: string });
    return { status: isNew ? 201 : 200, body: this.view(this.students.get(accountId, reference)) };
  }

  private close({ params }: VendorRequest): VendorAnswer {
    this.students.close(params['accountId'] ?? '', params['reference'] ?? '');
    return { status: 204, body: undefined };
  }

  private progress(request: VendorRequest): VendorAnswer {
    return ok({ report: this.students.report(this.named(request)) });
  }

  private page({ params, query }: VendorRequest): VendorAnswer {
    const feed = this.feed(params['accountId'] ?? '');
    const { after = 'c-0' } = query;
    const from = Number((typeof after === 'string' && /^c-(\d+)$/.exec(after)?.[1]) || Number.NaN);
    if (!(from <= feed.length)) throw new EteoriProblem(410, 'cursor_gone');
    const reports = feed.slice(from, from + Number(query['limit'] ?? PAGE));
    const until = from + reports.length;
    return ok({ reports, next: `c-${until}`, hasMore: until < feed.length });
  }

  private named({ params }: VendorRequest) {
    return this.students.get(params['accountId'] ?? '', params['reference'] ?? '');
  }

  private view({ reference, student }: EteoriLink & { student: EteoriStudent }): object {
    const { studentId, activatedAt } = student;
    return { reference, studentId, activationUrl: activatedAt ? null : this.options.pageUrl(reference) };
  }

  private async tell(link: EteoriLink): Promise<void> {
    const report = this.students.report(link)!;
    this.feed(link.accountId).push(report);
    const event: EteoriEvent = {
      eventId: randomUUID(),
      type: 'progress.updated',
      accountId: link.accountId,
      report: structuredClone(report),
    };
    this.contract.checkSchema('Event', event);
    await this.webhooks.deliver(event);
  }
}

function ok(body: object): VendorAnswer {
  return { status: 200, body: structuredClone(body) };
}
