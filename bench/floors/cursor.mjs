import { createHash } from 'node:crypto';

/** As the application marks where a list goes on: a cursor belongs to its question. */
export function cursorOf(question, { id, key }) {
  const fingerprint = createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 12);
  return Buffer.from(JSON.stringify({ question: fingerprint, id, key })).toString('base64url');
}
