import { TOTP } from 'otpauth';
import type { TestApp } from './app.js';
import type { Caller } from './test-school.js';

/** What somebody with a second factor has to sign in with. */
export interface SecondFactor {
  readonly recoveryCodes: string[];
  /** The code of now; every one counts once, so the clock goes on first. */
  readonly next: () => string;
}

/** Sets one up. @param me whoever it is for, at /v1/me */
export async function setUpSecondFactor(test: TestApp, me: Caller, password: string): Promise<SecondFactor> {
  const { body } = await me.post('/second-factor', { password }).expect(200);
  const next = () => {
    test.clock.advance({ minutes: 1 });
    return codeOf(test, body.secret as string);
  };
  const { body: confirmed } = await me.post('/second-factor/confirm', { code: next() }).expect(200);
  return { recoveryCodes: confirmed.recoveryCodes as string[], next };
}

/** The code that an app shows for that secret now. */
export function codeOf({ clock }: TestApp, secret: string): string {
  return new TOTP({ secret }).generate({ timestamp: clock.now().getTime() });
}
