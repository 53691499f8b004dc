import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import { ProviderUnavailable } from '../../../platform/ports/provider-errors.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { AccountingTables } from '../accounting.tables.js';
import { BooksNotConnected } from '../domain/accounting-problems.js';
import { AccountingConnection } from '../domain/connection.js';
import { nextTurn } from '../domain/next-turn.js';
import { AccountingRecord } from '../domain/record.js';
import { BooksDisconnected } from '../ports/accounting-client.js';
import { SchoolZone } from '../queries/school-zone.js';
import { DisconnectBooks } from './disconnect-books.js';
import { OpenBooks, type OpenedBooks } from './open-books.js';
import { PushRecord } from './push-record.js';
import { RecordSteps } from './record-steps.js';
import { ScanLedger } from './scan-ledger.js';
import { LeaseLost, SyncLease } from './sync-lease.js';

const atOnce = 50;
/** A turn ends after that long, and the rest has the next one: no school keeps a worker for itself. */
const turnMs = 45_000;

interface TurnEnd {
  readonly error: string | null;
  /** When the books want to be asked again, where they have said so. */
  readonly notBefore: Date | null;
  readonly unfinished: boolean;
}

/** A turn at one school's books: what is new gets its record, and what is due is sent, in order. */
@Injectable()
export class SyncBooks {
  private readonly logger = new Logger(SyncBooks.name);

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly open: OpenBooks,
    private readonly lease: SyncLease,
    private readonly scan: ScanLedger,
    private readonly push: PushRecord,
    private readonly disconnect: DisconnectBooks,
    private readonly steps: RecordSteps,
    private readonly zones: SchoolZone,
  ) {}

  /** Of the current school. Does nothing while another worker is at it, or nothing is connected. */
  async execute(): Promise<void> {
    const opened = await this.open.execute().catch((error: unknown) => {
      if (error instanceof BooksNotConnected) return null;
      throw error;
    });
    const { connection } = opened ?? {};
    const leaseId = connection && (await this.lease.take(connection.id));
    if (!opened || !leaseId) return;
    const end = await this.turn(opened, leaseId);
    if (!end) return;
    await this.lease.release(opened.connection.id, leaseId, {
      error: end.error,
      nextSyncAt: await this.next(opened.connection, end),
    });
  }

  /** @returns null when the books are somebody else's by now, or nobody's */
  private async turn(opened: OpenedBooks, leaseId: Id): Promise<TurnEnd | null> {
    try {
      await this.scan.execute(await this.fresh(opened.connection.id), await this.zone());
      return { error: null, notBefore: null, unfinished: await this.pushAll(opened, leaseId) };
    } catch (error) {
      if (error instanceof LeaseLost) return null;
      if (error instanceof ProviderUnavailable) {
        const notBefore = new Date(this.clock.now().getTime() + error.againInMs);
        return { error: 'unavailable', notBefore, unfinished: false };
      }
      if (error instanceof BooksDisconnected) {
        await this.disconnect.lost(opened.connection.id, error.reason);
        return null;
      }
      this.logger.error({ err: error, schoolId: currentSchool() }, 'a turn at a school’s books failed');
      const soon = new Date(this.clock.now().getTime() + 5 * 60_000);
      return { error: 'failed', notBefore: soon, unfinished: false };
    }
  }

  /** @returns whether some is left for the next turn */
  private async pushAll(opened: OpenedBooks, leaseId: Id): Promise<boolean> {
    const until = Date.now() + turnMs;
    // One that is put off by nothing but our own doing has one go in a turn.
    const seen = new Set<string>();
    for (;;) {
      const due = (await this.due(opened.connection.id)).filter((each) => !seen.has(markOf(each)));
      if (due.length === 0) return false;
      for (const record of due) {
        if (Date.now() > until) return true;
        seen.add(markOf(record));
        await this.lease.hold(opened.connection.id, leaseId);
        await this.one(record, opened, leaseId);
      }
    }
  }

  /** One that fails in a way that nobody thought of does not keep the others from their turn. */
  private async one(record: AccountingRecord, opened: OpenedBooks, leaseId: Id): Promise<void> {
    try {
      await this.push.execute(record, opened, leaseId);
    } catch (error) {
      if (endsTheTurn(error)) throw error;
      this.logger.error({ err: error, recordId: record.id }, 'a record could not be sent');
      await this.steps.stumble(record.id);
    }
  }

  private due(connectionId: Id): Promise<AccountingRecord[]> {
    return this.em
      .fork()
      .find(
        AccountingRecord,
        { connectionId, nextTryAt: { $lte: this.clock.now() } },
        { orderBy: { step: 'asc', id: 'asc' }, limit: atOnce },
      );
  }

  private async next(connection: AccountingConnection, { notBefore, unfinished }: TurnEnd): Promise<Date | null> {
    const now = this.clock.now();
    const { pace, syncOn } = await this.fresh(connection.id);
    if (!syncOn) return null;
    if (unfinished) return now;
    const turn = nextTurn(pace, now, await this.zone());
    const due = await this.nextDue(connection.id);
    const next = due && due < turn ? due : turn;
    return notBefore && notBefore > next ? notBefore : next;
  }

  private async nextDue(connectionId: Id): Promise<Date | null> {
    const row = await schoolQuery<AccountingTables>(this.em)
      .selectFrom('accounting_records')
      .select(sql<Date | null>`MIN(next_try_at)`.as('at'))
      .where('connection_id', '=', bin(connectionId))
      .where('next_try_at', 'is not', null)
      .executeTakeFirst();
    return row?.at ?? null;
  }

  private fresh(id: Id): Promise<AccountingConnection> {
    return this.em.fork().findOneOrFail(AccountingConnection, { id });
  }

  private zone(): Promise<string> {
    return this.zones.current();
  }
}

/** The same record again, once something of it has changed. */
function markOf({ id, state, voucher, booksId }: AccountingRecord): string {
  return [id, state === 'booked' ? `${state} ${voucher}` : 'unbooked', booksId].join(' ');
}

function endsTheTurn(error: unknown): boolean {
  return error instanceof LeaseLost || error instanceof ProviderUnavailable || error instanceof BooksDisconnected;
}
