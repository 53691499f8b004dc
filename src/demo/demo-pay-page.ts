import { EntityManager } from '@mikro-orm/mysql';
import type { INestApplicationContext } from '@nestjs/common';
import { type InvoiceSchema, PayLinks } from '../modules/finance/index.js';
import type { SchoolSchema } from '../modules/schools/index.js';
import { globalQuery, type Tables } from '../platform/database/query.js';
import { inSchool } from '../platform/tenancy/tenancy.js';
import { demoSchool } from './demo-data.js';

/** The address at which the demo school's newest unpaid invoice is paid; null when all are, or when there is no demo school. */
export async function demoPayPage(app: INestApplicationContext): Promise<string | null> {
  const unpaid = await globalQuery<Tables<typeof InvoiceSchema | typeof SchoolSchema>>(app.get(EntityManager))
    .selectFrom('schools')
    .innerJoin('invoices', 'invoices.school_id', 'schools.id')
    .select(['schools.id as schoolId', 'invoices.id as invoiceId'])
    .where('schools.slug', '=', demoSchool.slug)
    .where('invoices.kind', '=', 'invoice')
    .where('invoices.state', '=', 'issued')
    .orderBy('invoices.number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!unpaid) return null;
  return inSchool(unpaid.schoolId, () => app.get(PayLinks, { strict: false }).forInvoice(unpaid.invoiceId));
}
