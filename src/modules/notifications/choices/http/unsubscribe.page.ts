import { html, page } from '../../../../platform/http/html.js';
import type { Language } from '../../../../platform/http/language.js';
import type { Topic } from '../../domain/topics.js';
import type { UnsubscribePageView } from '../queries/unsubscribe-page-reader.js';
import type { Unsubscription } from '../unsubscribe-links.js';

const names: Record<Language, Partial<Record<Topic, string>>> = {
  da: { reminders: 'påmindelser', offers: 'ledige tider', news: 'nyheder', marketing: 'reklame' },
  en: { reminders: 'reminders', offers: 'times that are free', news: 'news', marketing: 'advertisements' },
};

const texts = {
  da: {
    channel: { email: 'e-mails', sms: 'sms’er' },
    ask: (what: string) => `Vil du ikke have flere ${what}?`,
    button: 'Ja, stop dem',
    done: (what: string) => `Du får ikke flere ${what}`,
    note: 'Du kan slå dem til igen i appen eller ved at ringe til køreskolen. Beskeder om dine aftaler kommer stadig.',
    of: 'om',
    unknown: ['Linket virker ikke', 'Se efter, om hele linket er med. Ellers ring til din køreskole.'],
  },
  en: {
    channel: { email: 'e-mails', sms: 'text messages' },
    ask: (what: string) => `Do you want no more ${what}?`,
    button: 'Yes, stop them',
    done: (what: string) => `You get no more ${what}`,
    note: 'You can switch them on again in the app or by calling the school. Messages about your bookings still come.',
    of: 'about',
    unknown: ['The link does not work', 'See whether all of it is there. Otherwise call your driving school.'],
  },
} as const;

/** The page behind an unsubscribe link: it works without scripts, and a look at it changes nothing. */
export function unsubscribePage({ topic, channel }: Unsubscription, view: UnsubscribePageView): string {
  const words = texts[view.language];
  const what = `${words.channel[channel]} ${words.of} ${names[view.language][topic] ?? topic}`;
  const title = view.isOff ? words.done(what) : words.ask(what);
  const button = html`<form method="post"><button>${words.button}</button></form>`;
  const body = html`<p>${view.schoolName}</p>
    <h1>${title}</h1>
    ${view.isOff ? '' : button}
    <p>${words.note}</p>`;
  return page(title, body, view.language);
}

/** For a token that is none of ours. */
export function unknownUnsubscribePage(language: Language): string {
  const [title, text] = texts[language].unknown;
  return page(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
    language,
  );
}
