import { rmSync } from 'node:fs';
import { Problem } from '../bootstrap/problem.mjs';
import { untilReady } from './health.mjs';
import { refuseContraction } from './migrations.mjs';
import { currentRelease, forgetReleases, isInUse, leadNowhere, run, switchTo, takeRelease } from './releases.mjs';
import { warmUp } from './warm-up.mjs';

/** One deployment, from the artefact to the last check. @throws Problem when the release is not in service afterwards */
export async function deploy({
  root,
  envFile,
  migrateEnvFiles = [envFile],
  web,
  workers,
  host,
  balancer,
  contract,
  keep,
  say,
  ...artefact
}) {
  const account = await host.account();
  const before = currentRelease(root);
  const release = await takeRelease(root, artefact);
  say(`Release ${release.name}${before ? `, after ${before.name}` : ''}`);

  // Until here and to the end of the trial nothing that runs is touched.
  try {
    if (!contract) refuseContraction(before, release);
    say(await run(release, migrateEnvFiles, account, 'dist/src/cli.js', ['migrate']));
    await warmUp(release, envFile, account);
  } catch (error) {
    rmSync(release.folder, { recursive: true, force: true });
    throw error;
  }
  say('It starts, and is ready');

  switchTo(root, release);
  const instances = [
    ...web.map((port) => ({ role: 'web', port })),
    ...workers.map((port) => ({ role: 'worker', port })),
  ];
  const touched = [];
  try {
    for (const instance of instances) {
      touched.push(instance);
      await restart(instance, { host, balancer });
      say(`${instance.role} ${instance.port} is ready`);
    }
    for (const { port } of instances) await untilReady(port, 5_000);
  } catch (error) {
    say(`Taking it back: ${error.message}`);
    const failed = await rollBack(before, touched, { root, host, balancer });
    if (failed.length === 0 && !isInUse(release)) rmSync(release.folder, { recursive: true, force: true });
    const serves = before ? `${before.name} is in service.` : 'There is none before it: nothing is in service.';
    const now = failed.length > 0 ? ['Not everything could be taken back:', ...failed] : [serves];
    throw new Problem(
      `${release.name} was taken back: ${error.message}`,
      [error.remedy, ...now].filter(Boolean).join('\n'),
      { cause: error },
    );
  }
  forgetReleases(root, keep, [release, before]);
  say(`${release.name} is in service`);
}

/** Takes it from the balancer, stops it when it has answered what it was asked, and gives it back when it is ready. */
async function restart({ role, port }, { host, balancer }) {
  if (role === 'web') await balancer.take(port);
  await untilReady(port, 60_000, await host.restart(role, port));
  if (role === 'web') await balancer.give(port);
}

/** @returns what could not be taken back, in words; one that fails keeps none of the others from it */
async function rollBack(before, touched, { root, host, balancer }) {
  if (before) switchTo(root, before);
  else leadNowhere(root);
  const failed = [];
  // The one that failed first: nobody is served by it.
  for (const instance of touched.toReversed()) {
    const back = before ? restart(instance, { host, balancer }) : host.stop(instance.role, instance.port);
    await back.catch(({ message, remedy = '' }) =>
      failed.push(`${instance.role} ${instance.port}: ${message} ${remedy}`.trim()),
    );
  }
  return failed;
}
