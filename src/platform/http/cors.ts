import fastifyCors from '@fastify/cors';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HttpConfig } from './http.config.js';

const readable = [
  'Content-Disposition',
  'ETag',
  'Idempotent-Replayed',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
];
const sendable = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'X-Request-Id',
];

/**
 * Lets pages of the origins named by CORS_ORIGINS call the API; with none, no browser lets any. Never with cookies: those are
 * for our own pages, and whoever calls the API sends a token.
 */
export async function allowOrigins(app: NestFastifyApplication, { corsOrigins }: HttpConfig): Promise<void> {
  if (corsOrigins.length === 0) return;
  await app.register(fastifyCors, {
    origin: [...corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: sendable,
    exposedHeaders: readable,
    credentials: false,
    maxAge: 600,
    strictPreflight: false,
  });
}
