import { TEST_CARDS } from '../stripe/test-cards.js';
import type { FormTree } from '../http/form.js';
import type { CheckoutTexts } from './checkout-texts.js';
import { type Html, html } from './html.js';

/** Where a card number is typed. */
export function cardForm(action: string, texts: CheckoutTexts, button: string): Html {
  return html`<form class="pay" method="post" action="${action}">
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
    <button>${button}</button>
  </form>`;
}

/** The test cards, each a button that takes it. */
export function testCards(action: string, texts: CheckoutTexts): Html {
  const cards = TEST_CARDS.map(
    ({ number, meaning }) =>
      html`<li>
        <button class="quiet" name="test_card" value="${number}">
          <code>${number.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}</code><span class="soft">${texts.meanings[meaning]}</span>
        </button>
      </li>`,
  );
  return html`<form method="post" action="${action}">
    <h2 style="margin:1.75rem 0 .25rem">${texts.testCards}</h2>
    <p class="small soft" style="margin:0 0 .75rem">${texts.testCardsHint}</p>
    <ul class="cards">
      ${cards}
    </ul>
  </form>`;
}

/** The number that one of the forms sent. */
export function cardOf(form: FormTree): string {
  const card = form['test_card'] ?? form['card'];
  return typeof card === 'string' ? card : '';
}

/** Why the bank said no, in words for the customer. */
export function refusalText(declineCode: string, texts: CheckoutTexts): string {
  switch (declineCode) {
    case 'incorrect_number':
      return texts.incorrectNumber;
    case 'insufficient_funds':
      return texts.noFunds;
    case 'expired_card':
      return texts.cardExpired;
    case 'authentication_required':
      return texts.authenticationFailed;
    default:
      return texts.declined;
  }
}
