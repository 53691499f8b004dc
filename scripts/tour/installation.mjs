import { readRun } from '../start/run-file.mjs';
import { Mismatch } from './script.mjs';

/**
 * The running application: what `npm start` wrote down, or TOUR_API and TOUR_SANDBOX with the owner's TOUR_EMAIL and TOUR_PASSWORD.
 * @returns { api, sandbox, owner: { email, password } }
 */
export function findInstallation(env = process.env) {
  const run = readRun();
  const owner = run?.logins.find(({ role }) => /owner/i.test(role));
  const api = env.TOUR_API ?? run?.urls.home;
  const sandbox = env.TOUR_SANDBOX ?? run?.urls.sandbox;
  const email = env.TOUR_EMAIL ?? owner?.email;
  const password = env.TOUR_PASSWORD ?? owner?.password;
  if (!api)
    throw new Mismatch(
      'Just Driving is not running here. Start it with `npm start` in another terminal, then try again.',
    );
  if (!sandbox || !email)
    throw new Mismatch(
      'The tour needs the demo school and the sandbox: an installation with real providers is not for trying things out.',
    );
  return { api: api.replace(/\/$/, ''), sandbox, owner: { email, password } };
}
