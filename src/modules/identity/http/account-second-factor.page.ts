import { html, page } from '../../../platform/http/html.js';
import type { Language } from '../../../platform/http/language.js';

const texts = {
  da: {
    title: 'Ekstra godkendelse',
    hint: 'Log ind, scan billedet med en godkendelsesapp på din telefon, og skriv koden, som appen viser.',
    email: 'E-mail',
    password: 'Adgangskode',
    next: 'Videre',
    scan: 'Scan billedet. Kan appen ikke scanne, så skriv denne nøgle i den:',
    picture: 'QR-kode med nøglen',
    code: 'Koden, som appen viser',
    confirm: 'Tag i brug',
    codes:
      'Den ekstra godkendelse er i brug. Gem disse gendannelseskoder et sikkert sted: hver virker én gang, og de vises kun nu.',
    failed: 'Det gik ikke. Prøv igen.',
  },
  en: {
    title: 'Second factor',
    hint: 'Sign in, scan the picture with an authenticator app on your phone, and type the code that the app shows.',
    email: 'E-mail',
    password: 'Password',
    next: 'Continue',
    scan: 'Scan the picture. If the app cannot scan, type this key into it:',
    picture: 'QR code of the key',
    code: 'The code that the app shows',
    confirm: 'Put in force',
    codes:
      'The second factor is in force. Keep these recovery codes in a safe place: each works once, and they are shown now only.',
    failed: 'That did not work. Please try again.',
  },
} as const;

/** Where somebody sets up his authenticator app, before he can sign in where one is needed. */
export function accountSecondFactorPage(language: Language): string {
  const { title, hint, email, password, next, scan, picture, code, confirm, codes, failed } = texts[language];
  return page(
    `Just Driving · ${title}`,
    html`<h1>${title}</h1>
      <p>${hint}</p>
      <form id="sign-in" data-language="${language}" data-failed="${failed}">
        <label>${email} <input name="email" type="email" autocomplete="username" required /></label>
        <label>${password} <input name="password" type="password" autocomplete="current-password" required /></label>
        <button>${next}</button>
      </form>
      <form id="confirm" hidden>
        <p>${scan} <code></code></p>
        <img alt="${picture}" width="240" height="240" />
        <label
          >${code} <input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required
        /></label>
        <button>${confirm}</button>
      </form>
      <section id="codes" hidden>
        <p>${codes}</p>
        <ul></ul>
      </section>
      <p role="status"></p>
      <script src="/account/second-factor.js"></script>`,
    language,
  );
}

/** Signs in for these few minutes alone: the session ends when the recovery codes are shown. */
export const accountSecondFactorScript = `
const [signIn, confirm, codes] = ['sign-in', 'confirm', 'codes'].map((id) => document.getElementById(id));
const status = document.querySelector('[role=status]');
let session;
const call = async (path, body) => {
  const headers = { 'content-type': 'application/json', 'accept-language': signIn.dataset.language };
  if (session) headers.authorization = 'Bearer ' + session.accessToken;
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  const content = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(content.detail);
  return content;
};
const onSubmit = (form, work) => form.addEventListener('submit', async (event) => {
  event.preventDefault();
  status.textContent = '';
  status.className = 'wrong';
  try { await work(); form.hidden = true; } catch (error) { status.textContent = error.message || signIn.dataset.failed; }
});
onSubmit(signIn, async () => {
  const [email, password] = [signIn.email.value, signIn.password.value];
  session = await call('/v1/auth/login', { email, password });
  const { secret, qrSvg } = await call('/v1/me/second-factor', { password });
  confirm.querySelector('code').textContent = secret;
  confirm.querySelector('img').src = 'data:image/svg+xml,' + encodeURIComponent(qrSvg);
  confirm.hidden = false;
  confirm.code.focus();
});
onSubmit(confirm, async () => {
  const { recoveryCodes } = await call('/v1/me/second-factor/confirm', { code: confirm.code.value.trim() });
  codes.querySelector('ul').append(...recoveryCodes.map((each) => {
    const item = document.createElement('li');
    item.textContent = each;
    return item;
  }));
  codes.hidden = false;
  const { refreshToken } = session;
  session = undefined;
  await call('/v1/auth/logout', { refreshToken });
});
`;
