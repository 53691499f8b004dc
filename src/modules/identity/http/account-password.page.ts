import { html, page } from '../../../platform/http/html.js';
import type { Language } from '../../../platform/http/language.js';
import { shortestPassword } from '../domain/password-hash.js';
import { weakHint } from '../domain/password-texts.js';

const texts = {
  da: {
    title: 'Vælg adgangskode',
    hint: `Mindst ${shortestPassword} tegn, og ikke noget, andre kan gætte: hverken dit navn, din e-mail eller din skole. ${weakHint.da}`,
    label: 'Ny adgangskode',
    button: 'Gem',
    done: 'Din adgangskode er gemt. Du kan nu logge ind.',
    noLink: 'Linket er ikke helt. Åbn det igen fra din e-mail.',
    failed: 'Det gik ikke. Prøv igen.',
  },
  en: {
    title: 'Choose a password',
    hint: `At least ${shortestPassword} characters, and nothing others can guess: neither your name, your e-mail nor your school. ${weakHint.en}`,
    label: 'New password',
    button: 'Save',
    done: 'Your password is saved. You can sign in now.',
    noLink: 'The link is not complete. Please open it again from your e-mail.',
    failed: 'That did not work. Please try again.',
  },
} as const;

/** Where the links of invitations and password resets lead. */
export function accountPasswordPage(language: Language): string {
  const { title, hint, label, button, done, noLink, failed } = texts[language];
  return page(
    `Just Driving · ${title}`,
    html`<h1>${title}</h1>
      <p>${hint}</p>
      <form data-done="${done}" data-no-link="${noLink}" data-failed="${failed}" data-language="${language}">
        <label
          >${label}
          <input
            name="password"
            type="password"
            autocomplete="new-password"
            minlength="${String(shortestPassword)}"
            maxlength="200"
            required
        /></label>
        <button>${button}</button>
      </form>
      <p role="status"></p>
      <script src="/account/password.js"></script>`,
    language,
  );
}

/** The token stands in the link's fragment, which browsers send to nobody: so this page alone reads it, and posts it once. */
export const accountPasswordScript = `
const form = document.querySelector('form');
const status = document.querySelector('[role=status]');
const link = new URLSearchParams(location.hash.slice(1));
const paths = { invitation: '/v1/auth/invitations/accept', password_reset: '/v1/auth/password-resets/complete' };
const path = paths[link.get('purpose')];
const say = (text, wrong) => { status.textContent = text; status.className = wrong ? 'wrong' : ''; };
if (!path || !link.get('token')) { form.hidden = true; say(form.dataset.noLink, true); }
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const headers = { 'content-type': 'application/json', 'accept-language': form.dataset.language };
  const body = JSON.stringify({ token: link.get('token'), password: form.password.value });
  try {
    const answer = await fetch(path, { method: 'POST', headers, body });
    if (!answer.ok) return say((await answer.json()).detail ?? form.dataset.failed, true);
    history.replaceState(null, '', location.pathname);
    form.hidden = true;
    say(form.dataset.done, false);
  } catch { say(form.dataset.failed, true); }
});
`;
