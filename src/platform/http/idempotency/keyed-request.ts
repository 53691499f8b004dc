import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { requestAccess } from '../../auth/actor.js';
import type { Id } from '../../values/id.js';
import { InvalidRequest, MalformedRequest } from '../request-problems.js';
import { isAnswerStored } from './answer-not-stored.js';

/** A request that its sender gave a name, so that sending it again does not do it again. */
export interface KeyedRequest {
  /** SHA-256 of sender, school, route and key: the same key of somebody else is another one. */
  readonly keyHash: Buffer;
  /** SHA-256 of path and body. */
  readonly requestHash: Buffer;
  /** The user, the API key or the partner's key. */
  readonly senderId: Id;
  readonly schoolId: Id | null;
}

export const keyHeader = 'Idempotency-Key';
export const keyPattern = '^[\\x21-\\x7e]{1,255}$';

const wellFormed = new RegExp(keyPattern);

/**
 * The request at hand if it is a POST of somebody signed in and carries a key. Answers of public routes may hold tokens, and
 * are never stored, nor is what is said to be @AnswerNotStored().
 * @throws InvalidRequest when the key is malformed
 */
export function keyedRequest(context: ExecutionContext): KeyedRequest | null {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || key === undefined) return null;
  const { user, actor, partner } = requestAccess(context);
  const senderId = user?.userId ?? actor?.id ?? partner?.keyId;
  if (!senderId) return null;
  if (!isAnswerStored(context.getHandler())) return null;
  if (typeof key !== 'string' || !wellFormed.test(key)) throw new InvalidRequest([malformedKey]);
  const schoolId = actor?.schoolId ?? null;
  return {
    keyHash: sha256([senderId, schoolId, request.method, request.routeOptions.url, key]),
    requestHash: sha256([request.url, comparable(request)]),
    senderId,
    schoolId,
  };
}

const malformedKey = {
  field: keyHeader,
  message: {
    en: 'must be 1 to 255 visible ASCII characters without spaces',
    da: 'skal være 1 til 255 synlige ASCII-tegn uden mellemrum',
  },
};

// A file's bytes would be spelled out one by one; those of an upload have not come yet, so its length must tell it from another.
function comparable(request: FastifyRequest): unknown {
  const { body, headers } = request;
  if (request.isMultipart()) return headers['content-length'];
  return Buffer.isBuffer(body) ? createHash('sha256').update(body).digest('base64') : body;
}

function sha256(value: unknown): Buffer {
  return createHash('sha256').update(canonicalJson(value)).digest();
}

/** JSON in which the order of an object's members makes no difference. @throws MalformedRequest when it is nested beyond reason */
export function canonicalJson(value: unknown): string {
  try {
    return JSON.stringify(value, (_name, member: unknown) => (isObject(member) ? sorted(member) : member));
  } catch (error) {
    if (error instanceof RangeError) throw new MalformedRequest();
    throw error;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(object: object): object {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
