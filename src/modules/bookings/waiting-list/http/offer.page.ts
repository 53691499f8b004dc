import { html, Html, page } from '../../../../platform/http/html.js';
import type { Language } from '../../../../platform/http/language.js';
import type { OfferedTime } from '../domain/offer.js';
import type { OfferOnPage } from '../queries/offer-page-reader.js';

export interface OfferPageFrame {
  readonly language: Language;
  readonly zone: string;
  readonly school: { readonly name: string; readonly phone: string };
  /** Why the answer just given could not be taken. */
  readonly refusal?: string;
}

const texts = {
  da: {
    freed: 'Der er blevet en tid ledig',
    rebooking: 'Vælg en ny tid',
    intro: 'Tiden er ikke din, før du har sagt ja. Den første, der siger ja, får den.',
    rebookingIntro: 'Din time blev aflyst. Du kan få en af disse tider til samme pris og på samme vilkår.',
    take: 'Ja tak, book tiden',
    decline: 'Nej tak',
    with: 'hos',
    price: 'Pris',
    answerBy: 'Svar senest',
    accepted: ['Tiden er din', 'Du får en bekræftelse med det samme. Du kan lukke siden.'],
    held: 'Tiden er reserveret til dig',
    pay: ['Den er din, når du har betalt', 'senest', 'Du finder betalingen under dine bookinger.'],
    unpaid: ['Tiden blev ikke betalt', 'Du står stadig på ventelisten og hører fra os, når der er en ny tid.'],
    declined: ['Tak for svaret', 'Tiden går videre til en anden. Du bliver spurgt igen, når en anden passer.'],
    gone: ['Tiden er desværre gået til en anden', 'Du står stadig på ventelisten og hører fra os, når der er en ny.'],
    goneRebooking: ['Tiderne er desværre ikke ledige længere', 'Find en anden tid i kalenderen, eller ring til os.'],
    expired: ['Svarfristen er udløbet', 'Du står stadig på ventelisten og hører fra os, når der er en ny tid.'],
    expiredRebooking: ['Svarfristen er udløbet', 'Find en anden tid i kalenderen, eller ring til os.'],
    withdrawn: ['Tilbuddet gælder ikke længere', 'Find en anden tid i kalenderen, eller ring til os.'],
    unknown: ['Linket virker ikke', 'Se efter, om hele linket er med. Ellers ring til din køreskole.'],
    more: 'Du har flere aflyste timer den dag',
    choose: 'Vælg en ny tid i stedet for den næste',
    call: 'Spørgsmål? Ring til',
  },
  en: {
    freed: 'A time has become free',
    rebooking: 'Choose a new time',
    intro: 'The time is not yours until you say yes. The first to say yes gets it.',
    rebookingIntro: 'Your lesson was cancelled. You can have one of these times at the same price and terms.',
    take: 'Yes please, book it',
    decline: 'No, thank you',
    with: 'with',
    price: 'Price',
    answerBy: 'Answer by',
    accepted: ['The time is yours', 'You get a confirmation at once. You may close this page.'],
    held: 'The time is kept for you',
    pay: ['It is yours once you have paid', 'by', 'You find the payment among your bookings.'],
    unpaid: ['The time was not paid for', 'You are still on the waiting list, and hear from us when there is another.'],
    declined: ['Thank you for your answer', 'The time goes to somebody else. You are asked again when another fits.'],
    gone: [
      'Somebody else has taken the time',
      'You are still on the waiting list, and hear from us when there is another.',
    ],
    goneRebooking: ['These times are not free any more', 'Find another in the calendar, or call us.'],
    expired: [
      'The time to answer is over',
      'You are still on the waiting list, and hear from us when there is another.',
    ],
    expiredRebooking: ['The time to answer is over', 'Find another in the calendar, or call us.'],
    withdrawn: ['The offer does not stand any more', 'Find another time in the calendar, or call us.'],
    unknown: ['The link does not work', 'See whether all of it is there. Otherwise call your driving school.'],
    more: 'More of your lessons that day were cancelled',
    choose: 'Choose a new time instead of the next one',
    call: 'Questions? Call',
  },
} as const;

/** The page behind the link of an offer: it works without scripts, and a look at it changes nothing. */
export function offerPage(offer: OfferOnPage, frame: OfferPageFrame): string {
  const words = texts[frame.language];
  const isOpen = offer.state === 'open' && offer.choices.length > 0;
  const title = isOpen ? words[offer.isRebooking ? 'rebooking' : 'freed'] : closedTexts(offer, frame)[0];
  const body = html`<p>${frame.school.name}</p>
    <h1>${title}</h1>
    ${frame.refusal ? html`<p class="wrong" role="alert">${frame.refusal}</p>` : ''}
    ${isOpen ? openOffer(offer, frame) : closedOffer(offer, frame)} ${otherLessons(offer, frame)}
    <p>${words.call} <a href="${`tel:${frame.school.phone}`}">${frame.school.phone}</a>.</p>`;
  return page(title, body, frame.language);
}

/** For a token that is none of ours. */
export function unknownOfferPage(language: Language): string {
  const [title, text] = texts[language].unknown;
  return page(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
    language,
  );
}

function openOffer(offer: OfferOnPage, frame: OfferPageFrame): Html {
  const words = texts[frame.language];
  const times = offer.choices.map((choice) => timeForm(choice, offer.lessonType, frame));
  return html`<p>${offer.isRebooking ? words.rebookingIntro : words.intro}</p>
    <ul>
      ${times}
    </ul>
    <p>
      ${words.price}: ${offer.price}<br />${words.answerBy}
      <strong>${momentOf(offer.expiresAt, frame)}</strong>
    </p>
    <form method="post">
      <input type="hidden" name="answer" value="decline" />
      <button class="quiet">${words.decline}</button>
    </form>`;
}

function timeForm(choice: OfferedTime, lessonType: string, frame: OfferPageFrame): Html {
  const words = texts[frame.language];
  return html`<li>
    <strong>${spanOf(choice, frame)}</strong>
    <span>${lessonType} ${words.with} ${choice.teacherName}</span>
    <form method="post">
      <input type="hidden" name="answer" value="accept" />
      <input type="hidden" name="startsAt" value="${choice.startsAt.toISOString()}" />
      <button>${words.take}</button>
    </form>
  </li>`;
}

function closedOffer(offer: OfferOnPage, frame: OfferPageFrame): Html {
  const [, text] = closedTexts(offer, frame);
  const { with: withWhom } = texts[frame.language];
  const lesson = offer.booked
    ? html`<p class="notice">
        <strong>${spanOf(offer.booked, frame)}</strong><br />${offer.lessonType} ${withWhom} ${offer.booked.teacherName}
      </p>`
    : '';
  return html`${lesson}
    <p>${text}</p>`;
}

function otherLessons({ others }: OfferOnPage, frame: OfferPageFrame): Html | '' {
  if (others.length === 0) return '';
  const words = texts[frame.language];
  const links = others.map(
    ({ path, startsAt }) => html`<li><a href="${path}">${startsAt ? momentOf(startsAt, frame) : words.choose}</a></li>`,
  );
  return html`<p>${words.more}:</p>
    <ul>
      ${links}
    </ul>`;
}

function closedTexts(
  { state, isRebooking, toPay, isUnpaid }: OfferOnPage,
  frame: OfferPageFrame,
): readonly [string, string] {
  const words = texts[frame.language];
  if (toPay) return [words.held, payText(toPay, frame)];
  if (isUnpaid) return words.unpaid;
  // Open, with nothing left that is free.
  const ended = state === 'open' ? 'gone' : state;
  if (isRebooking && (ended === 'gone' || ended === 'expired')) return words[`${ended}Rebooking`];
  return words[ended];
}

function payText({ amount, until }: NonNullable<OfferOnPage['toPay']>, frame: OfferPageFrame): string {
  const [yours, by, where] = texts[frame.language].pay;
  return `${yours} ${amount} ${by} ${momentOf(until, frame)}. ${where}`;
}

const tags = { da: 'da-DK', en: 'en-GB' };

function spanOf({ startsAt, endsAt }: OfferedTime, frame: OfferPageFrame): string {
  return `${momentOf(startsAt, frame)}–${clockOf(endsAt, frame)}`;
}

/** "torsdag den 3. december kl. 10.00" */
function momentOf(at: Date, frame: OfferPageFrame): string {
  const { language, zone: timeZone } = frame;
  const format = { timeZone, weekday: 'long', day: 'numeric', month: 'long' } as const;
  const date = new Intl.DateTimeFormat(tags[language], format).format(at);
  return `${date}${language === 'da' ? ' kl. ' : ', '}${clockOf(at, frame)}`;
}

function clockOf(at: Date, { language, zone: timeZone }: OfferPageFrame): string {
  return new Intl.DateTimeFormat(tags[language], { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
}
