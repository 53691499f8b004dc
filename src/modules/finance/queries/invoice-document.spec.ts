import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { priceLine } from '../domain/invoice-totals.js';
import { InvoiceLine } from '../domain/invoice-line.js';
import { Invoice } from '../domain/invoice.js';
import { InvoiceDocument } from './invoice-document.js';

const seller = {
  name: 'Nordhavn Køreskole',
  cvr: '10150817',
  addressLine: 'Århusgade 1',
  postcode: '2150',
  city: 'Nordhavn',
  email: 'kontor@nordhavn.example',
  phone: '+4533112233',
  bankAccount: '1234 0001234567',
};

function paper(count: number) {
  const lines = Array.from({ length: count }, (_, index) => {
    const { net, vat, gross } = priceLine({
      quantity: 1,
      unitGross: Money.of(65_000),
      vatRateBp: index % 2 ? 2500 : 0,
    });
    return Object.assign(new InvoiceLine(), {
      description: `Køretime ${index + 1}: æøå ÆØÅ`,
      quantity: 1,
      unitGrossMinor: 65_000,
      vatRateBp: index % 2 ? 2500 : 0,
      netMinor: net.amount,
      vatMinor: vat.amount,
      grossMinor: gross.amount,
    });
  });
  const invoice = Object.assign(new Invoice(), {
    id: newId(),
    kind: 'invoice' as const,
    currency: 'DKK',
    seller,
    buyer: { name: 'Søren Ærø-Åkjær', addressLine: 'Østergade 2', postcode: '8000', city: 'Aarhus C' },
    locale: 'da' as const,
    issuedAt: new Date('2026-11-21T10:00:00Z'),
    issuedOn: '2026-11-21',
    dueOn: '2026-11-29',
  });
  return {
    invoice,
    number: 7,
    lines,
    creditsNumber: null,
    logo: null,
    payUrl: 'https://app.example/pay/vU3cO0bX2mQyq5s8w1kZ7A',
  };
}

describe('InvoiceDocument', () => {
  it('draws an A4 page, the same every time', async () => {
    const [first, second] = [await InvoiceDocument.render(paper(2)), await InvoiceDocument.render(paper(2))];
    expect(first.subarray(0, 5).toString()).toBe('%PDF-');
    expect(first.toString('latin1')).toContain('/Count 1');
    expect(second.equals(first)).toBe(true);
  });

  it.each(['Юлия Иванова', 'Αλέξανδρος', 'Nguyễn Thị Hà', 'محمد'])(
    'shows the name %s in letters of its own',
    async (name) => {
      const plain = await InvoiceDocument.render(paper(1));
      const { invoice, ...rest } = paper(1);
      const named = await InvoiceDocument.render({
        ...rest,
        invoice: Object.assign(invoice, { buyer: { ...invoice.buyer, name } }),
      });
      expect(plain.toString('latin1')).not.toContain('DejaVuSans');
      expect(named.toString('latin1')).toContain('DejaVuSans');
    },
  );

  it('goes on over as many pages as the lines need', async () => {
    const pdf = await InvoiceDocument.render(paper(80));
    expect(pdf.toString('latin1')).toContain('/Count 3');
  });
});
