import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { BooksModule } from '../books.module.js';
import { PayLinksController } from './http/pay-links.controller.js';
import { PayPagesController } from './http/pay-pages.controller.js';
import { PayPageReader } from './queries/pay-page-reader.js';
import { HandOutPayLink } from './use-cases/hand-out-pay-link.js';
import { PayByLink } from './use-cases/pay-by-link.js';

/** Paying an invoice by a secret link, without signing in. */
@Module({
  imports: [IdentityModule, SchoolsModule, StudentsModule, BooksModule],
  controllers: [PayLinksController, PayPagesController],
  providers: [HandOutPayLink, PayByLink, PayPageReader],
})
export class PayPageModule {}
