import type { InvoiceRecord, PortalRecord, SandboxSubscription } from '../stripe/billing/billing-records.js';
import { idOf } from '../stripe/id-of.js';
import type { StripeAccount } from '../stripe/stripe-account.js';
import { cardForm, testCards } from './card-forms.js';
import { CHECKOUT_TEXTS, type CheckoutTexts, type Language } from './checkout-texts.js';
import { type Html, html } from './html.js';
import type { Page } from './layout.js';
import { clockTime, money } from './money.js';

/** A customer's subscriptions, invoices and card. */
export function portalPage(
  account: StripeAccount,
  visit: PortalRecord,
  lang: Language,
  refusal: string | undefined,
): Page {
  const texts = CHECKOUT_TEXTS[lang];
  const own = (object: { customer: string | { id: string } | null }) => idOf(object.customer) === visit.customer;
  const subscriptions = account.subscriptions.newestFirst().filter(({ subscription }) => own(subscription));
  const invoices = account.invoices.newestFirst().filter(({ invoice }) => own(invoice));
  const at = `/billing/portal/${visit.id}`;
  const body = html`<div class="strip">${texts.testMode}</div>
    <main class="checkout">
      <section>
        <h1>${account.customer(visit.customer).name}</h1>
        <ul class="lines">
          ${subscriptions.map(({ subscription }) => subscriptionLine(account, subscription))}
        </ul>
        <h2>${texts.invoices}</h2>
        <ul class="lines">
          ${invoices.map((one) => invoiceLine(one, texts, lang))}
        </ul>
        ${visit.returnUrl && html`<p><a href="${visit.returnUrl}">← ${texts.back}</a></p>`}
      </section>
      <section class="card">
        <h2>${texts.changeCard}</h2>
        ${refusal && html`<p class="alert" role="alert">${refusal}</p>`} ${cardForm(at, texts, texts.saveCard)}
        ${testCards(at, texts)}
      </section>
    </main>`;
  return { title: texts.changeCard, lang, body };
}

/** An invoice, and while it is open the ways to pay it. */
export function invoicePage({ invoice, lines }: InvoiceRecord, lang: Language, refusal: string | undefined): Page {
  const texts = CHECKOUT_TEXTS[lang];
  const total = money(invoice.amount_due, invoice.currency, lang);
  const at = `/billing/invoices/${invoice.id}`;
  const body = html`<div class="strip">${texts.testMode}</div>
    <main class="checkout">
      <section>
        <h1>${invoice.number} · ${invoice.status}</h1>
        <p class="total">${total}</p>
        <ul class="lines">
          ${lines.map(
            (line) =>
              html`<li><span>${line.description}</span><span>${money(line.amount, line.currency, lang)}</span></li>`,
          )}
        </ul>
      </section>
      ${
        invoice.status === 'open' &&
        html`<section class="card">
          ${refusal && html`<p class="alert" role="alert">${refusal}</p>`}
          ${cardForm(at, texts, `${texts.pay} ${total}`)} ${testCards(at, texts)}
        </section>`
      }
    </main>`;
  return { title: `${texts.invoices} ${invoice.number}`, lang, body };
}

function subscriptionLine(
  account: StripeAccount,
  { items, status, default_payment_method }: SandboxSubscription,
): Html {
  const [item] = items.data;
  const card = account.paymentMethods.get(idOf(default_payment_method))?.method.card;
  return html`<li>
    <span>${item && account.product(idOf(item.price.product)).name} × ${item?.quantity} · ${status}</span>
    <span>${card && `${card.brand} ${card.last4}`}</span>
  </li>`;
}

function invoiceLine({ invoice }: InvoiceRecord, texts: CheckoutTexts, lang: Language): Html {
  const word = invoice.status === 'open' ? texts.pay : invoice.status;
  return html`<li>
    <span>${clockTime(invoice.created)} <a href="/billing/invoices/${invoice.id}">${invoice.number} · ${word}</a></span>
    <span>${money(invoice.amount_due, invoice.currency, lang)}</span>
  </li>`;
}
