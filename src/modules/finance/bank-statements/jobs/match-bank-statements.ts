import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../../platform/database/transaction.js';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles } from '../../../../platform/outbox/handles.js';
import { BankStatementUploaded } from '../domain/bank-statement.js';
import { BankLines } from '../queries/bank-lines.js';
import { MatchBankLine } from '../use-cases/match-bank-line.js';

const atOnce = 200;

/** Looks for the invoice of each new line, each in a transaction of its own, so that a file of thousands locks nobody out. */
@Injectable()
export class MatchBankStatements {
  constructor(
    private readonly em: EntityManager,
    private readonly lines: BankLines,
    private readonly matchLine: MatchBankLine,
  ) {}

  // Stands a repeat: whoever comes again finds those that are left.
  @Handles(BankStatementUploaded, { name: 'finance.match-bank-statement', mode: 'external' })
  async handle({ payload: { statementId } }: EventOf<BankStatementUploaded>): Promise<void> {
    for (;;) {
      const ids = await inTransaction(this.em, () => this.lines.waiting(statementId, atOnce));
      for (const id of ids) await this.matchLine.bySelf(id);
      if (ids.length < atOnce) return;
    }
  }
}
