import { html, page } from '../../../platform/http/html.js';

/** The operators' login form. */
export function opsLoginPage(next: string, refused: boolean): string {
  return page(
    'Just Driving · Operators',
    html`<h1>Operators</h1>
      <p>For platform administrators.</p>
      ${refused ? html`<p class="wrong">E-mail or password is wrong, or the account is no administrator.</p>` : ''}
      <form method="post" action="/ops/login">
        <input type="hidden" name="next" value="${next}" />
        <label>E-mail <input name="email" type="email" autocomplete="username" required /></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" required /></label>
        <button>Sign in</button>
      </form>`,
  );
}
