import type { FastifyInstance } from 'fastify';
import { CALL_FAULTS, SYSTEMS, WEBHOOK_FAULTS, type FaultOrder, type Faults } from './faults.js';

const ORDER = {
  type: 'object',
  required: ['system', 'kind'],
  additionalProperties: false,
  properties: {
    system: { enum: [...SYSTEMS] },
    operation: { type: 'string', minLength: 1 },
    kind: { enum: [...CALL_FAULTS, ...WEBHOOK_FAULTS] },
    times: { type: 'integer', minimum: 1 },
    delayMs: { type: 'integer', minimum: 0 },
    copies: { type: 'integer', minimum: 1, maximum: 100 },
  },
} as const;

/** `/_sandbox/faults`: order, list and clear faults over HTTP. */
export function serveFaults(http: FastifyInstance, faults: Faults): void {
  http.post<{ Body: FaultOrder }>('/_sandbox/faults', { schema: { body: ORDER } }, (request, reply) =>
    reply.status(201).send(faults.add(request.body)),
  );
  http.get('/_sandbox/faults', () => ({ faults: faults.list() }));
  http.delete('/_sandbox/faults', (_request, reply) => {
    faults.clear();
    return reply.status(204).send();
  });
}
