import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { BooksModule } from '../books.module.js';
import { ClosingsController } from './http/closings.controller.js';
import { ClosingReader } from './queries/closing-reader.js';
import { CloseBooks } from './use-cases/close-books.js';

/** What is done to the books themselves: closing them. */
@Module({
  imports: [IdentityModule, BooksModule],
  controllers: [ClosingsController],
  providers: [CloseBooks, ClosingReader],
})
export class LedgerModule {}
