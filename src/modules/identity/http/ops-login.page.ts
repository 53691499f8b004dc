import { html, page } from '../../../platform/http/html.js';
import type { Language } from '../../../platform/http/language.js';

const texts = {
  da: {
    title: 'Drift',
    intro: 'For platformens administratorer.',
    email: 'E-mail',
    password: 'Adgangskode',
    code: 'Kode fra din godkendelsesapp (hvis du har en)',
    button: 'Log ind',
  },
  en: {
    title: 'Operators',
    intro: 'For platform administrators.',
    email: 'E-mail',
    password: 'Password',
    code: 'Code from your authenticator app (if you have one)',
    button: 'Sign in',
  },
} as const;

/** The operators' login form. @param refused why the last attempt was not let in */
export function opsLoginPage(language: Language, next: string, refused?: string): string {
  const { title, intro, email, password, code, button } = texts[language];
  return page(
    `Just Driving · ${title}`,
    html`<h1>${title}</h1>
      <p>${intro}</p>
      ${refused ? html`<p class="wrong" role="alert">${refused}</p>` : ''}
      <form method="post" action="/ops/login">
        <input type="hidden" name="next" value="${next}" />
        <label>${email} <input name="email" type="email" autocomplete="username" required /></label>
        <label>${password} <input name="password" type="password" autocomplete="current-password" required /></label>
        <label>${code} <input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="40" /></label>
        <button>${button}</button>
      </form>`,
    language,
  );
}
