// Signing in by hand: the same hash, attempts counted in Redis, session, refresh token and audit entry in one transaction.
import argon2 from 'argon2';
import { Redis } from 'ioredis';
import { SignJWT } from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { bytes, text } from './ids.mjs';
import { tell } from './trips.mjs';

const DAY = 24 * 3_600_000;
const key = new TextEncoder().encode(process.env.JWT_SECRET);
const hashOf = (value) => createHash('sha256').update(value).digest('hex');
let redis;

const sql = {
  user: 'SELECT u.id, u.email, u.name, u.phone, u.locale, u.zone, u.platform_admin, u.password_hash, m.school_id, m.role FROM users u LEFT JOIN memberships m ON m.user_id = u.id WHERE u.email = ? ORDER BY m.school_id, m.role',
  session: 'INSERT INTO sessions (id, user_id, created_at, expires_at, address, user_agent) VALUES (?)',
  refresh: 'INSERT INTO refresh_tokens (id, session_id, hash, expires_at) VALUES (?)',
  audit:
    'INSERT INTO audit_entries (id, at, actor_kind, actor_id, action, subject_kind, subject_id, details, request_id) VALUES (?)',
};

/** @returns the opened session, or null when address and password do not fit */
export async function logIn(pool, { body: { email, password }, ip, headers }) {
  const attempts = [`${email} ${ip}`, email, ip].map((each) => `${process.env.REDIS_PREFIX}:floor:${hashOf(each)}`);
  await counted(attempts);
  const [rows] = await pool.query({ sql: sql.user, values: [email.toLowerCase()], rowsAsArray: true });
  const [[id, address, name, phone, locale, zone, admin, hash] = []] = rows;
  if (!hash || !(await argon2.verify(hash, password))) return null;
  await redis.multi().del(attempts[0]).del(attempts[1]).decr(attempts[2]).exec();
  const tokens = await open(pool, id, { ip, agent: headers['user-agent'] ?? null });
  return {
    user: { id: text(id), email: address, name, phone, locale, zone, isPlatformAdmin: admin === 1 },
    memberships: rows
      .filter(([, , , , , , , , school]) => school)
      .map(([, , , , , , , , school, role]) => ({ schoolId: text(school), role })),
    ...tokens,
    expiresIn: 900,
  };
}

async function counted(keys) {
  redis ??= new Redis(process.env.REDIS_URL);
  const counting = keys.reduce((all, each) => all.incr(each).expire(each, 900, 'NX'), redis.multi());
  await counting.exec();
}

async function open(pool, user, { ip, agent }) {
  const [session, now, refreshToken] = [uuidv7(), new Date(), randomBytes(32).toString('base64url')];
  const [expires, renewUntil] = [new Date(+now + 90 * DAY), new Date(+now + 30 * DAY)];
  const opened = [bytes(uuidv7()), now, 'user', user, 'session.opened', 'session', user];
  const connection = await pool.getConnection();
  try {
    await tell(connection, [
      ['START TRANSACTION'],
      [sql.session, [[bytes(session), user, now, expires, ip, agent]]],
      [sql.refresh, [[bytes(uuidv7()), bytes(session), hashOf(refreshToken), renewUntil]]],
      [sql.audit, [[...opened, JSON.stringify({ sessionId: session }), uuidv7()]]],
      ['COMMIT'],
    ]);
  } finally {
    connection.release();
  }
  const token = new SignJWT({ sid: session }).setProtectedHeader({ alg: 'HS256' }).setAudience('api');
  return { accessToken: await token.setIssuedAt().setExpirationTime('15m').sign(key), refreshToken };
}
