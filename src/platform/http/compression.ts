import fastifyCompress from '@fastify/compress';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { constants } from 'node:zlib';
import type { HttpConfig } from './http.config.js';

// Where an answer holds a secret and an outsider might choose what stands beside it, its size would tell (BREACH): tokens, new
// keys, and whatever a browser's cookie opens.
const secretive = [
  /^\/v1\/auth\b/,
  /\/(api|partner)-keys\b/,
  /\/webhook-endpoints\b/,
  /^\/ops\b/,
  /^\/account\b/,
  /^\/pay\b/,
];

/** Packs answers of more than a kilobyte for whoever takes them so; never streams of events, which must not wait. */
export async function compressAnswers(app: NestFastifyApplication, { compression }: HttpConfig): Promise<void> {
  if (!compression) return;
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRoute', (route) => {
    if (secretive.some((each) => each.test(route.url))) route.compress = false;
  });
  await app.register(fastifyCompress, {
    encodings: ['br', 'gzip'],
    threshold: 1024,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    // No request of ours comes packed: what unpacks beyond its size cannot be sent.
    globalDecompression: false,
  });
}
