import { HttpException } from '@nestjs/common';
import { PoolStuck } from '../database/bounded-wait.js';
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

// What mysql2 says when no connection can be had.
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENOTFOUND']);

// What the server says when it cannot work for anybody now: too many connections, no room on its disk, on its way out or
// just promoted, no part of its cluster.
const unable = new Set([
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_OUT_OF_RESOURCES',
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  'ER_ERROR_ON_WRITE',
  'ER_GET_ERRNO',
  'ER_SERVER_SHUTDOWN',
  'ER_QUERY_INTERRUPTED',
  'ER_CONNECTION_KILLED',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_UNKNOWN_COM_ERROR',
]);

/** The problem that an error means to the caller. What we do not know is our own fault and says nothing. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) return ofStatus(error.getStatus(), error);
  if (isTransient(error) || isUnavailable(error)) return new ServiceBusy(error);
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

function isUnavailable(error: unknown): boolean {
  const { code, fatal, cause } = (error ?? {}) as { code?: unknown; fatal?: unknown; cause?: unknown };
  // A connection that has broken says so, often without a code.
  if (fatal === true || error instanceof PoolStuck) return true;
  return (
    (typeof code === 'string' && (unreachable.has(code) || unable.has(code))) ||
    (cause !== undefined && isUnavailable(cause))
  );
}
