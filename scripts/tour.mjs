/*
 * npm run tour: the main job of Just Driving, end to end, against a running `npm start`. Shows every call and its answer and
 * checks them; exits with 1 at the first thing that is not as the story says. May be run as often as you like.
 */
import { findInstallation } from './tour/installation.mjs';
import { Mismatch } from './tour/script.mjs';
import { tour } from './tour/story.mjs';

try {
  const seconds = await tour(findInstallation());
  console.log(`\nThat was the tour, in ${seconds} seconds. Everything was as it should be.`);
} catch (error) {
  console.error(`\n✗ ${error instanceof Mismatch ? error.message : error.stack}`);
  process.exitCode = 1;
}
