// Keeping what a provider says, by hand: its signature checked, the message and the job of acting on it in one transaction.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { bytes, text } from './ids.mjs';
import { tell } from './trips.mjs';

const sql = {
  webhook: 'INSERT INTO webhook_events (id, provider, event_key, kind, state, body, received_at) VALUES (?)',
  event: 'INSERT INTO outbox_events (id, name, payload, occurred_at) VALUES (?)',
  delivery: 'INSERT INTO outbox_deliveries (event_id, handler, state, due_at, attempts, failures) VALUES (?)',
};

/** @param secret what Stripe signs with. @returns false when it is not Stripe's */
export async function keepWebhook(pool, { headers, body }, secret) {
  const [, at, given] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['stripe-signature'] ?? '') ?? [];
  const expected = createHmac('sha256', secret).update(`${at}.${body}`).digest();
  if (!given || !timingSafeEqual(expected, Buffer.from(given, 'hex')) || Date.now() / 1_000 - at > 300) return false;
  const { id: key, type } = JSON.parse(body);
  const now = new Date();
  const [id, event] = [bytes(uuidv7()), bytes(uuidv7())];
  const connection = await pool.getConnection();
  try {
    await tell(connection, [
      ['START TRANSACTION'],
      [sql.webhook, [[id, 'stripe', key, type, 'received', body, now]]],
      [sql.event, [[event, 'webhooks.received', JSON.stringify({ webhookId: text(id) }), now]]],
      [sql.delivery, [[event, 'webhooks.process', 'open', now, 0, 0]]],
      ['COMMIT'],
    ]);
  } catch (error) {
    await connection.query('ROLLBACK');
    if (error.errno !== 1062) throw error;
  } finally {
    connection.release();
  }
  return true;
}
