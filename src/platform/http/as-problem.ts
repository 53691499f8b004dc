import { HttpException } from '@nestjs/common';
import { isTransient } from '../database/transaction.js';
import { Problem } from './problem.js';
import {
  InternalProblem,
  MalformedRequest,
  RequestTooLarge,
  RouteNotFound,
  ServiceBusy,
  UnsupportedMediaType,
} from './request-problems.js';

// The database is away or full: what mysql2 says when no connection can be had.
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
]);

/** The problem that an error means to the caller. What we do not know is our own fault and says nothing. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) return ofStatus(error.getStatus(), error);
  if (isTransient(error) || isUnreachable(error)) return new ServiceBusy(error);
  return new InternalProblem(error);
}

function ofStatus(status: number, error: HttpException): Problem {
  switch (status) {
    case 404:
      return new RouteNotFound();
    case 413:
      return new RequestTooLarge();
    case 415:
      return new UnsupportedMediaType();
    case 503:
      return new ServiceBusy(error);
    default:
      return status < 500 ? new MalformedRequest() : new InternalProblem(error);
  }
}

function isUnreachable(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return (typeof code === 'string' && unreachable.has(code)) || (cause !== undefined && isUnreachable(cause));
}
