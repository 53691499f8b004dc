import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { BooksModule } from '../books.module.js';
import { TillModule } from '../till/till.module.js';
import { BankStatementsController } from './http/bank-statements.controller.js';
import { ForgetBankTexts } from './jobs/forget-bank-texts.js';
import { MatchBankStatements } from './jobs/match-bank-statements.js';
import { BankPrivacy } from './privacy/bank-privacy.js';
import { BankLines } from './queries/bank-lines.js';
import { LikelyInvoices } from './queries/likely-invoices.js';
import { MatchBankLine } from './use-cases/match-bank-line.js';
import { UploadBankStatement } from './use-cases/upload-bank-statement.js';

/** What came to the school's bank account, and whose payments that is. */
@Module({
  imports: [IdentityModule, BooksModule, TillModule],
  controllers: [BankStatementsController],
  providers: [
    BankLines,
    BankPrivacy,
    ForgetBankTexts,
    LikelyInvoices,
    MatchBankLine,
    MatchBankStatements,
    UploadBankStatement,
  ],
})
export class BankStatementsModule {}
