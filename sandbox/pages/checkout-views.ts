import type { CheckoutRecord } from '../stripe/checkout-record.js';
import { TEST_CARDS } from '../stripe/test-cards.js';
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
          ${byCard && cardForm(session.id, texts, total)}
        </div>
        ${byCard && testCards(session.id, texts)}
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

function cardForm(sessionId: string, texts: CheckoutTexts, total: string): Html {
  return html`<form class="pay" method="post" action="/checkout/${sessionId}">
    <label
      >${texts.card}<input
        name="card"
        inputmode="numeric"
        autocomplete="cc-number"
        placeholder="4242 4242 4242 4242"
        maxlength="23"
        required
    /></label>
    <div class="pair">
      <label>${texts.expiry}<input name="expiry" autocomplete="cc-exp" placeholder="12 / 34" maxlength="7" /></label>
      <label
        >${texts.cvc}<input name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" maxlength="4"
      /></label>
    </div>
    <button>${texts.pay} ${total}</button>
  </form>`;
}

function testCards(sessionId: string, texts: CheckoutTexts): Html {
  const cards = TEST_CARDS.map(
    ({ number, meaning }) =>
      html`<li>
        <button class="quiet" name="test_card" value="${number}">
          <code>${number.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}</code><span class="soft">${texts.meanings[meaning]}</span>
        </button>
      </li>`,
  );
  return html`<form method="post" action="/checkout/${sessionId}">
    <h2 style="margin:1.75rem 0 .25rem">${texts.testCards}</h2>
    <p class="small soft" style="margin:0 0 .75rem">${texts.testCardsHint}</p>
    <ul class="cards">
      ${cards}
    </ul>
  </form>`;
}
