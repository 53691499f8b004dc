import { only } from './api.mjs';
import { eventually } from './outside-world.mjs';
import { check, checkEqual, tell } from './script.mjs';

const quietly = { show: false };

/** Chapter 11: what happens at the school reaches another program, signed; and what its bookkeeping would get is shown. */
export async function reachNeighbours(stage) {
  await tellAnotherProgram(stage);
  await previewTheBooks(stage);
  const { integrations } = await stage.owner.get(`${stage.school}/integrations`, quietly);
  const states = Object.fromEntries(integrations.map(({ kind, state }) => [kind, state]));
  tell(`The school and the outside world: ${JSON.stringify(states)}`);
  check('payments and mail are as they should be', states.payments === 'ok' && states.email === 'ok');
}

async function tellAnotherProgram({ owner, school, world, run }) {
  const receiver = { url: `${world.base}/receiver/tour-${run}`, eventTypes: ['payment.received'] };
  const endpoint = await owner.post(`${school}/webhook-endpoints`, receiver, { show: only('id', 'url', 'state') });
  try {
    await world.trust(`tour-${run}`, endpoint.secret);
    const { id } = await owner.post(
      `${school}/webhook-endpoints/${endpoint.id}/test`,
      {},
      { show: only('id', 'type') },
    );
    const taken = await eventually(30, () => world.webhook(`tour-${run}`, id));
    check('the program has it, and its signature is right', Boolean(taken));
    const delivery = await eventually(30, async () => {
      const read = await owner.get(`${school}/webhook-deliveries/${id}`, quietly);
      return read.state === 'delivered' && read;
    });
    checkEqual('the school sees that it was delivered at once', delivery?.attempts, 1);
  } finally {
    await owner.delete(`${school}/webhook-endpoints/${endpoint.id}`);
  }
}

async function previewTheBooks({ owner, school }) {
  const path = `${school}/accounting`;
  const { state } = await owner.get(`${path}/connection`, quietly);
  if (state !== 'connected')
    await owner.post(`${path}/connection`, { provider: 'csv' }, { show: only('provider', 'state') });
  try {
    const { items } = await owner.get(`${path}/preview`, { show: (answer) => answer.items.slice(0, 2) });
    check('it is shown what the books would get', items.length > 0);
  } finally {
    if (state !== 'connected') await owner.delete(`${path}/connection`);
  }
}
