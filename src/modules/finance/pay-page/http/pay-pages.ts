import { html, Html, page } from '../../../../platform/http/html.js';
import type { Language } from '../../../../platform/http/language.js';
import type { InvoiceOnPage } from '../queries/pay-page-reader.js';
import { payTexts } from './pay-texts.js';

/** Why an attempt to pay led nowhere. */
export type PayFailure = 'down' | 'rejected';

/** How somebody who comes back from the gateway finds his payment. */
export type PayResult = 'done' | 'waiting' | 'failed' | 'cancelled';

/** What is owed, by whom and to which school, with one button: a form, so that it works without scripts. */
export function payPage(
  invoice: InvoiceOnPage,
  language: Language,
  { failure, token }: { failure?: PayFailure | undefined; token?: string | undefined } = {},
): string {
  const words = payTexts[language];
  const [title, text] = titleOf(invoice, language);
  const isOpen = invoice.outstanding.isPositive;
  return payShell(
    title,
    html`${token && invoice.school.hasLogo ? html`<img class="logo" src="${`/pay/${token}/logo`}" alt="" />` : ''}
      <p>${words.invoice} ${String(invoice.number)} ${words.from} ${invoice.school.name}</p>
      <h1>${title}</h1>
      ${failure ? html`<p class="wrong" role="alert">${words[failure]}</p>` : ''} ${text ? html`<p>${text}</p>` : ''}
      ${facts(invoice, language)}
      ${
        isOpen
          ? html`<form method="post"><button>${failure ? words.retry : words.pay}</button></form>
              <p>${words.payHint}</p>
              ${transfer(invoice, language)}`
          : ''
      }
      ${contact(invoice, language)}`,
    language,
  );
}

/** Where the gateway sends people back to. Says what the gateway says, not what the address says. */
export function resultPage(result: PayResult, invoice: InvoiceOnPage, paymentId: string, language: Language): string {
  const words = payTexts[language];
  const [title, text] = words[result];
  const mayRetry = (result === 'failed' || result === 'cancelled') && invoice.outstanding.isPositive;
  return payShell(
    title,
    html`<p>${words.invoice} ${String(invoice.number)} ${words.from} ${invoice.school.name}</p>
      <h1>${title}</h1>
      <p role="status">${text}</p>
      ${result === 'waiting' ? html`<p><a href="">${words.checkAgain}</a></p>` : ''}
      ${
        mayRetry
          ? html`<form method="post" action="${`/pay/again?lang=${language}`}">
              <input type="hidden" name="payment" value="${paymentId}" />
              <button>${words.retry}</button>
            </form>`
          : ''
      }
      ${contact(invoice, language)}`,
    language,
    `&payment=${paymentId}`,
  );
}

/** For an address that names no invoice of ours, or none any more. */
export function emptyPage(
  kind: 'unknown' | 'expired' | 'uncounted' | 'tooMany' | 'thanks' | 'cancelled',
  language: Language,
  school?: InvoiceOnPage,
): string {
  const [title, text] = payTexts[language][kind];
  return payShell(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>
      ${school ? contact(school, language) : ''}`,
    language,
  );
}

function payShell(title: string, body: Html, language: Language, query = ''): string {
  const other = language === 'da' ? 'en' : 'da';
  const link = html`<p>
    <a href="${`?lang=${other}${query}`}" lang="${other}" hreflang="${other}">${payTexts[language].other}</a>
  </p>`;
  const robots = html`<meta name="robots" content="noindex, nofollow" />`;
  return page(title, html`${body}${link}`, language).replace('<title>', () => `${robots.text}<title>`);
}

function titleOf(invoice: InvoiceOnPage, language: Language): readonly [string, string] {
  const words = payTexts[language];
  if (invoice.outstanding.isPositive) return words.open(invoice.school.name) as [string, string];
  if (invoice.state === 'written_off') return words.closed;
  return invoice.state === 'credited' ? words.creditedWhole : words.paid;
}

function facts(invoice: InvoiceOnPage, language: Language): Html {
  const words = payTexts[language];
  const { outstanding, gross, paid, credited, buyer, student } = invoice;
  const rows: (readonly [string, string] | null)[] = [
    [words.toPay, outstanding.format(language)],
    outstanding.equals(gross) ? null : [words.total, gross.format(language)],
    paid.isZero ? null : [words.alreadyPaid, paid.format(language)],
    credited.isZero ? null : [words.credited, credited.format(language)],
    outstanding.isZero ? null : [words.dueOn, dayOf(invoice.dueOn, language)],
    [words.payer, buyer],
    buyer === student ? null : [words.student, student],
  ];
  const lines = rows.filter((each) => each !== null).map(([name, value]) => row(name, value));
  return html`<table>
      <tbody>
        ${lines}
      </tbody>
    </table>
    ${invoice.isOverdue ? html`<p class="wrong">${words.overdue}</p>` : ''}`;
}

function row(name: string, value: string): Html {
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${value}</td>
  </tr>`;
}

/** For whoever would rather use his own bank. */
function transfer({ transfer: way, number }: InvoiceOnPage, language: Language): Html | '' {
  if (!way) return '';
  const words = payTexts[language];
  const rows = [
    way.account && row(words.account, way.account),
    way.account && row(words.message, `${words.invoice} ${number}`),
    way.giroLine && row(words.giro, way.giroLine),
  ];
  return html`<h2>${words.transfer}</h2>
    <table>
      <tbody>
        ${rows.filter((each) => each instanceof Html)}
      </tbody>
    </table>
    <p>${words.transferHint}</p>`;
}

function contact({ school }: InvoiceOnPage, language: Language): Html | '' {
  const { call, write } = payTexts[language];
  const mail = school.email ? html`<a href="${`mailto:${school.email}`}">${school.email}</a>` : '';
  if (!school.phone) return mail && html`<p>${mail}</p>`;
  const phone = html`<a href="${`tel:${school.phone}`}">${school.phone}</a>`;
  return html`<p>${call} ${phone}${mail ? html` ${write} ${mail}` : ''}.</p>`;
}

function dayOf(date: string, language: Language): string {
  const format = { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', format).format(new Date(date));
}
