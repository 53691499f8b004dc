import { Injectable } from '@nestjs/common';
import { once } from 'node:events';
import type { Actor } from '../../../../platform/auth/actor.js';
import { inSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { SchoolLogos } from '../../../schools/index.js';
import { StudentDirectory } from '../../../students/index.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { StatementDocument } from './statement-document.js';
import { type StatementAsked, type StatementPage, StatementReader } from './statement-reader.js';

const atOnce = 200;

type Period = Omit<StatementAsked, 'limit' | 'cursor'>;

/** A statement of account on paper, written while it is read: in constant memory however many pages it has. */
@Injectable()
export class StatementPdf {
  constructor(
    private readonly statements: StatementReader,
    private readonly students: StudentDirectory,
    private readonly sellers: SellerReader,
    private readonly logos: SchoolLogos,
    private readonly clock: Clock,
  ) {}

  /** Reads the first page at once, so that a refusal is still one. @throws StudentNotFound */
  async bytes(actor: Actor, studentId: Id, period: Period, language: 'da' | 'en'): Promise<AsyncGenerator<Buffer>> {
    const read = (cursor?: string) =>
      inSchool(actor.schoolId, () =>
        this.statements.page(actor, studentId, { ...period, limit: atOnce, ...(cursor && { cursor }) }),
      );
    const first = await read();
    const [{ seller, zone }, holder, logo] = [
      await this.sellers.terms(),
      await this.students.get(studentId),
      await this.logos.bytes(),
    ];
    const today = localDate(this.clock.now(), zone);
    const document = await StatementDocument.open({ seller, holder, logo, today, language, ...period });
    return written(document, first, read);
  }
}

async function* written(
  document: StatementDocument,
  first: StatementPage,
  read: (cursor: string) => Promise<StatementPage>,
): AsyncGenerator<Buffer> {
  const pieces: Buffer[] = [];
  document.pdf.on('data', (piece: Buffer) => pieces.push(piece));
  document.opening(first.opening);
  let balance = first.opening;
  for (let page: StatementPage | null = first; page;) {
    for (const entry of page.items) document.entry(entry);
    balance = page.items.at(-1)?.balance ?? balance;
    page = page.nextCursor ? await read(page.nextCursor) : null;
    yield* pieces.splice(0);
  }
  const ended = once(document.pdf, 'end');
  document.end(balance);
  await ended;
  yield* pieces;
}
