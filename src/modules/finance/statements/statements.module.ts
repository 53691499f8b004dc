import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { BooksModule } from '../books.module.js';
import { StatementsController } from './http/statements.controller.js';
import { StatementCsv } from './queries/statement-csv.js';
import { StatementPdf } from './queries/statement-pdf.js';
import { StatementReader } from './queries/statement-reader.js';

/** What stands on a student's account, and how it came about. */
@Module({
  imports: [IdentityModule, SchoolsModule, StudentsModule, BooksModule],
  controllers: [StatementsController],
  providers: [StatementCsv, StatementPdf, StatementReader],
})
export class StatementsModule {}
