import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { StudentsModule } from '../../students/index.js';
import { BooksModule } from '../books.module.js';
import { StatementsController } from './http/statements.controller.js';
import { StatementCsv } from './queries/statement-csv.js';
import { StatementReader } from './queries/statement-reader.js';

/** What stands on a student's account, and how it came about. */
@Module({
  imports: [IdentityModule, StudentsModule, BooksModule],
  controllers: [StatementsController],
  providers: [StatementCsv, StatementReader],
})
export class StatementsModule {}
