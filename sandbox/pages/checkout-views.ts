import type { CheckoutRecord } from '../stripe/checkout-record.js';
import { cardForm, testCards } from './card-forms.js';
import { CHECKOUT_TEXTS, type CheckoutTexts, type Language } from './checkout-texts.js';
import { type Html, html } from './html.js';
import type { Page } from './layout.js';
import { money } from './money.js';

/** What is paid, to whom, how much, and the ways to pay. */
export function paymentPage(record: CheckoutRecord, lang: Language, refusal: string | undefined): Page {
  const { session, merchant } = record;
  const texts = CHECKOUT_TEXTS[lang];
  const total = money(session.amount_total, session.currency, lang);
  const byCard = session.payment_method_types.includes('card');
  const at = `/checkout/${session.id}`;
  const button = session.mode === 'subscription' ? texts.subscribe : `${texts.pay} ${total}`;
  const body = html`<div class="strip">${texts.testMode}</div>
    <main class="checkout">
      <section>
        ${summary(record, texts, lang)}
        ${session.cancel_url && html`<p><a href="${session.cancel_url}">← ${texts.back}</a></p>`}
      </section>
      <section class="card">
        <div class="pay">
          ${refusal && html`<p class="alert" role="alert">${refusal}</p>`}
          ${session.payment_method_types.includes('mobilepay') && mobilePay(session.id, texts, byCard)}
          ${byCard && cardForm(at, texts, button)}
        </div>
        ${byCard && testCards(at, texts)}
      </section>
    </main>`;
  return { title: `${texts.pay} ${total} – ${merchant}`, lang, body };
}

/** The bank's 3-D Secure step. */
export function bankPage({ session, merchant }: CheckoutRecord, lang: Language): Page {
  const texts = CHECKOUT_TEXTS[lang];
  const total = money(session.amount_total, session.currency, lang);
  const body = html`<div class="strip">${texts.testMode}</div>
    <main class="narrow">
      <section class="card stack">
        <h1>${texts.bankTitle}</h1>
        <p>${texts.bankText}</p>
        <p><strong>${total}</strong> · ${merchant}</p>
        <form class="stack" method="post" action="/checkout/${session.id}/bank">
          <button name="answer" value="approve">${texts.approve}</button>
          <button class="quiet" name="answer" value="reject">${texts.reject}</button>
        </form>
      </section>
    </main>`;
  return { title: texts.bankTitle, lang, body };
}

/** A session that is paid or expired. */
export function closedPage({ session }: CheckoutRecord, lang: Language, successUrl: string): Page {
  const texts = CHECKOUT_TEXTS[lang];
  const paid = session.status === 'complete';
  const title = paid ? texts.paidTitle : texts.expiredTitle;
  const onward = paid ? successUrl : session.cancel_url;
  const body = html`<main class="narrow">
    <section class="card stack">
      <h1>${title}</h1>
      <p>${money(session.amount_total, session.currency, lang)}</p>
      ${onward && html`<a class="button" href="${onward}">${texts.onward}</a>`}
    </section>
  </main>`;
  return { title, lang, body };
}

function summary({ session, lineItems, merchant }: CheckoutRecord, texts: CheckoutTexts, lang: Language): Html {
  const lines = lineItems.map(
    (line) =>
      html`<li>
        <span>${line.description}${(line.quantity ?? 1) > 1 && ` × ${line.quantity}`}</span>
        <span>${money(line.amount_total, line.currency, lang)}</span>
      </li>`,
  );
  return html`<h1 class="soft">${texts.payTo} ${merchant}</h1>
    <p class="total">${money(session.amount_total, session.currency, lang)}</p>
    <ul class="lines">
      ${lines}
      <li><strong>${texts.total}</strong><strong>${money(session.amount_total, session.currency, lang)}</strong></li>
    </ul>`;
}

/** A form of its own, or Enter in the card number would press its button. */
function mobilePay(sessionId: string, texts: CheckoutTexts, byCard: boolean): Html {
  return html`<form method="post" action="/checkout/${sessionId}">
      <button class="mobilepay" name="method" value="mobilepay">${texts.mobilePay}</button>
    </form>
    ${byCard && html`<div class="or">${texts.orByCard}</div>`}`;
}
