import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asProblem } from '../http/as-problem.js';
import { sendProblem } from '../http/problem.filter.js';
import { NotAllowed } from '../auth/auth-problems.js';
import { Authenticator } from '../auth/authenticator.js';
import { QueueDirectory } from './queue-directory.js';

export const queueBoardPath = '/ops/queues';

/** The operators' view of the queues, behind their login. */
@Injectable()
export class QueueBoard {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly queues: QueueDirectory,
  ) {}

  /** Adds the board's routes, which are not Nest's: so they check the caller by a hook of their own. */
  async mount(server: FastifyInstance): Promise<void> {
    const adapter = new FastifyAdapter();
    adapter.setBasePath(queueBoardPath);
    createBullBoard({ queues: this.queues.all().map((queue) => new BullMQAdapter(queue)), serverAdapter: adapter });
    const board = named('queue board', async (scope: FastifyInstance) => {
      scope.addHook('onRequest', (request, reply) => this.admit(request, reply));
      await scope.register(named('queue board pages', adapter.registerPlugin()));
    });
    await server.register(board, { prefix: queueBoardPath });
  }

  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    try {
      const signedIn = await this.authenticator.ofCookie(request);
      if (!signedIn) return reply.redirect(`/ops/login?next=${queueBoardPath}`);
      if (!signedIn.isPlatformAdmin) throw new NotAllowed();
      return undefined;
    } catch (error) {
      sendProblem(request, reply, asProblem(error));
      return reply;
    }
  }
}

/** Of a plugin without a name, Fastify looks through all that was ever loaded for the file it came from. */
function named<Plugin extends object>(name: string, plugin: Plugin): Plugin {
  return Object.assign(plugin, { [Symbol.for('fastify.display-name')]: name });
}
