import { EntityManager } from '@mikro-orm/mysql';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { aroundTransactions, inTransaction } from '../../database/transaction.js';
import { type KeepAnswer, keepingAnswers } from './answering-transaction.js';
import { keyedRequest, type KeyedRequest } from './keyed-request.js';
import { RequestInFlight } from './idempotency-problems.js';
import { asksOutside, hasOwnTransactions } from './own-transactions.js';
import { type Answer, StoredAnswers } from './stored-answers.js';
import { UnderWay } from './under-way.js';

type Handler = () => Promise<unknown>;

/**
 * Does a POST that carries an Idempotency-Key once, and answers a repeat what the first was answered. Only a success is stored,
 * in the transaction of its effect: whatever was refused or failed has left nothing, and may be tried again with the same key.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly em: EntityManager,
    private readonly answers: StoredAnswers,
    private readonly underWay: UnderWay,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = keyedRequest(context);
    return request ? from(this.answerOnce(request, context, next)) : next.handle();
  }

  private async answerOnce(request: KeyedRequest, context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const known = await this.answers.find(request);
    if (known) return replay(known, reply);
    const keep: KeepAnswer = (work) => this.answers.keep(request, reply.statusCode, work);
    const handle = () => lastValueFrom(next.handle(), { defaultValue: undefined });
    const isOwn = hasOwnTransactions(context.getClass(), context.getHandler());
    if (asksOutside(context.getHandler())) return this.askOutside(request, reply, () => this.keepWithin(keep, handle));
    try {
      return await (isOwn ? this.keepWithin(keep, handle) : aroundTransactions(this.em, () => keep(handle)));
    } catch (error) {
      // Whatever refused us may be what the first request with this key did.
      const first = await this.answers.find(request);
      if (first) return replay(first, reply);
      throw error;
    }
  }

  /** Whatever refuses us may be what another request with this key is doing: then its answer is ours, too. */
  private async askOutside({ keyHash, ...rest }: KeyedRequest, reply: FastifyReply, work: Handler): Promise<unknown> {
    await this.underWay.begin(keyHash);
    let isCounted = true;
    try {
      return await work();
    } catch (error) {
      isCounted = false;
      await this.underWay.end(keyHash);
      const others = await this.underWay.others(keyHash, () => this.answers.find({ keyHash, ...rest }));
      if (others.found) return replay(others.found, reply);
      throw others.atWork ? new RequestInFlight(error) : error;
    } finally {
      if (isCounted) await this.underWay.end(keyHash);
    }
  }

  /** The use case stores the answer with its effect; one that does not can stand a repeat, and has it stored afterwards. */
  private async keepWithin(keep: KeepAnswer, handle: Handler): Promise<unknown> {
    let isKept = false;
    const keepAndNote: KeepAnswer = async (work) => {
      const result = await keep(work);
      isKept = true;
      return result;
    };
    const answer = await keepingAnswers(keepAndNote, handle);
    if (!isKept) await inTransaction(this.em, () => keep(async () => answer));
    return answer;
  }
}

function replay({ status, body }: Answer, reply: FastifyReply): unknown {
  reply.code(status).header('Idempotent-Replayed', 'true');
  return body === null ? undefined : JSON.parse(body);
}
