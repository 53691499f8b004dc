import { STATUS_CODES } from 'node:http';
import { html, page } from '../html.js';
import type { Language } from '../language.js';
import type { Problem, Texts } from '../problem.js';

// Beside what the problem itself says: what its kind means for whoever writes a program.
const byStatus: Readonly<Record<number, Texts>> = {
  400: { en: 'A repeat fails too: change the request.', da: 'En gentagelse fejler også: ret forespørgslen.' },
  401: { en: 'Sign in again, then repeat the request.', da: 'Log ind igen, og gentag forespørgslen.' },
  403: { en: 'A repeat fails too, until somebody grants more.', da: 'En gentagelse fejler også, til nogen giver lov.' },
  404: { en: 'A repeat fails too: the address names nothing you may see.', da: 'Adressen nævner intet, du må se.' },
  408: { en: 'A repeat may work.', da: 'En gentagelse kan lykkes.' },
  409: {
    en: 'Read what it is about again: once the state of things has changed, the same request may work.',
    da: 'Læs igen, hvad det handler om: når forholdene har ændret sig, kan den samme forespørgsel lykkes.',
  },
  412: { en: 'Read again, then decide again.', da: 'Læs igen, og tag stilling igen.' },
  422: { en: 'A repeat fails too: a rule forbids it.', da: 'En gentagelse fejler også: en regel forbyder det.' },
  429: { en: 'Wait as long as Retry-After says.', da: 'Vent så længe, som Retry-After siger.' },
  500: {
    en: 'A repeat may work; with an Idempotency-Key it is safe.',
    da: 'En gentagelse kan lykkes; med en Idempotency-Key er den sikker.',
  },
  503: { en: 'Wait as long as Retry-After says, then repeat.', da: 'Vent så længe, som Retry-After siger, og gentag.' },
};

const otherwise: Texts = { en: 'Change the request.', da: 'Ret forespørgslen.' };

/** The page that a problem's `type` leads to: what it means, and what to do. */
export function problemPage(problem: Problem, language: Language): string {
  const { code, status, texts } = problem;
  const words =
    language === 'da'
      ? { all: 'Alle problemer', next: 'For programmer' }
      : { all: 'All problems', next: 'For programs' };
  return page(
    code,
    html`<h1>${code}</h1>
      <p>${String(status)} ${STATUS_CODES[status] ?? ''}</p>
      <p>${texts[language]}</p>
      <p><strong>${words.next}:</strong> ${(byStatus[status] ?? otherwise)[language]}</p>
      <p><a href="/problems">${words.all}</a> · <a href="/docs">API</a></p>`,
    language,
  );
}

/** Every problem that the API may answer. */
export function problemsPage(problems: readonly Problem[], language: Language): string {
  const title = language === 'da' ? 'Problemer' : 'Problems';
  const items = problems.map(
    ({ code, status, texts }) =>
      html`<li><a href="/problems/${code}">${code}</a> ${String(status)}<span>${texts[language]}</span></li>`,
  );
  return page(
    title,
    html`<h1>${title}</h1>
      <ul>
        ${items}
      </ul>`,
    language,
  );
}
