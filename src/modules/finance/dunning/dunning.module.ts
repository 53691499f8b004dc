import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { StudentsModule } from '../../students/index.js';
import { BooksModule } from '../books.module.js';
import { DunningController } from './http/dunning.controller.js';
import { RemindOfInvoices } from './jobs/remind-of-invoices.js';
import { DunningPrivacy } from './privacy/dunning-privacy.js';
import { DunningPauses } from './queries/dunning-pauses.js';
import { DunningReader } from './queries/dunning-reader.js';
import { ConfigureDunning } from './use-cases/configure-dunning.js';
import { PauseDunning } from './use-cases/pause-dunning.js';
import { RemindOfInvoice } from './use-cases/remind-of-invoice.js';

/** Reminders of what is not paid, their fees, and bookings that wait for the money. */
@Module({
  imports: [IdentityModule, StudentsModule, BooksModule],
  controllers: [DunningController],
  providers: [
    ConfigureDunning,
    DunningPauses,
    DunningPrivacy,
    DunningReader,
    PauseDunning,
    RemindOfInvoice,
    RemindOfInvoices,
  ],
  exports: [DunningReader],
})
export class DunningModule {}
