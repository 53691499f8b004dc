import { html, page } from '../../../platform/http/html.js';

export type PayResult = 'done' | 'cancelled';

const texts = {
  da: {
    done: [
      'Tak for din betaling',
      'Du får en kvittering på e-mail, så snart betalingen er bekræftet. Du kan lukke siden.',
    ],
    cancelled: ['Betalingen blev afbrudt', 'Der er ikke trukket penge. Du kan betale senere fra din faktura.'],
  },
  en: {
    done: [
      'Thank you for your payment',
      'You get a receipt by e-mail as soon as the payment is confirmed. You may close this page.',
    ],
    cancelled: ['The payment was cancelled', 'No money was taken. You can pay later from your invoice.'],
  },
} as const;

/** Where a checkout sends people back to. Says nothing about the invoice: whether it is paid, the gateway tells us. */
export function payPage(result: PayResult, language: 'da' | 'en'): string {
  const [title, text] = texts[language][result];
  return page(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
    language,
  );
}
