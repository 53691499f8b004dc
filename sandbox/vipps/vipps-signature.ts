import { createHash, createHmac } from 'node:crypto';

/** The headers of a message to that address, signed at that moment. */
export function signedHeaders(body: string, { host, pathname }: URL, secret: string, at = new Date()) {
  const date = at.toUTCString();
  const hash = createHash('sha256').update(body).digest('base64');
  const signature = createHmac('sha256', secret).update(`POST\n${pathname}\n${date};${host};${hash}`).digest('base64');
  return {
    host,
    'x-ms-date': date,
    'x-ms-content-sha256': hash,
    authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
  };
}
