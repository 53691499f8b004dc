import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Id } from '../../../platform/values/id.js';
import { SchoolLogos } from '../../schools/index.js';
import { InvoiceNotFound } from '../domain/errors.js';
import { InvoiceLine } from '../domain/invoice-line.js';
import { Invoice } from '../domain/invoice.js';
import { PayLinks } from '../pay-page/use-cases/pay-links.js';
import { InvoiceDocument } from './invoice-document.js';

/** An invoice on paper. What it says is fixed; only the link for paying it comes, is renewed and goes, and the logo is today’s. */
@Injectable()
export class InvoicePdf {
  constructor(
    private readonly em: EntityManager,
    private readonly payLinks: PayLinks,
    private readonly logos: SchoolLogos,
  ) {}

  /** @throws InvoiceNotFound */
  async render(invoiceId: Id): Promise<Buffer> {
    const em = this.em.fork();
    const invoice = await em.findOne(Invoice, { id: invoiceId });
    if (!invoice || invoice.number == null) throw new InvoiceNotFound();
    const lines = await em.find(InvoiceLine, { invoiceId }, { orderBy: { position: 'asc' } });
    const credited = invoice.creditsInvoiceId ? await em.findOne(Invoice, { id: invoice.creditsInvoiceId }) : null;
    return InvoiceDocument.render({
      invoice,
      number: invoice.number,
      lines,
      creditsNumber: credited?.number ?? null,
      logo: await this.logos.bytes(),
      payUrl: invoice.outstanding.isPositive ? await this.payLinks.forInvoice(invoiceId) : null,
    });
  }
}
