// Who asks in a benchmark, and the settings that application and floors share.
import { SignJWT } from 'jose';

const secret = 'signs the tokens of this run and of nothing else';

export function environment(redisUrl) {
  return {
    APP_ENV: 'local',
    APP_ROLE: 'web',
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    // Counted like everywhere, and never reached.
    RATE_LIMIT_PER_CALLER: '1000000',
    RATE_LIMIT_PER_ADDRESS: '1000000',
    JWT_SECRET: secret,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: `jd-bench-${process.pid}`,
  };
}

export function accessToken(session) {
  return new SignJWT({ sid: session })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience('api')
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(new TextEncoder().encode(secret));
}
