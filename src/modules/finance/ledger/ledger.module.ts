import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { BooksModule } from '../books.module.js';
import { ClosingsController } from './http/closings.controller.js';
import { WriteOffsController } from './http/write-offs.controller.js';
import { ClosingReader } from './queries/closing-reader.js';
import { WriteOffReader } from './queries/write-off-reader.js';
import { CloseBooks } from './use-cases/close-books.js';
import { ReverseWriteOff } from './use-cases/reverse-write-off.js';
import { WriteOffInvoice } from './use-cases/write-off-invoice.js';

/** What is done to the books themselves: closing them, and giving up what is owed. */
@Module({
  imports: [IdentityModule, BooksModule],
  controllers: [ClosingsController, WriteOffsController],
  providers: [CloseBooks, ClosingReader, ReverseWriteOff, WriteOffInvoice, WriteOffReader],
})
export class LedgerModule {}
