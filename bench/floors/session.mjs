// Who asks, looked up on each request as the application does: a session that has ended ends the access at once.
import { jwtVerify } from 'jose';

const secret = new TextEncoder().encode(process.env.JWT_SECRET);
const hmac = { name: 'HMAC', hash: 'SHA-256' };
const key = await crypto.subtle.importKey('raw', secret, hmac, false, ['verify']);
const staff = new Set(['owner', 'office', 'teacher']);

/** @returns the session's id */
export async function sessionOf(request) {
  const token = (request.headers.authorization ?? '').slice('Bearer '.length);
  const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], audience: 'api', requiredClaims: ['exp'] });
  return payload.sid;
}

/** Values: session, now. */
export const whoAsks =
  'SELECT u.id, u.platform_admin, m.school_id, m.role FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN memberships m ON m.user_id = u.id WHERE s.id = ? AND s.ended_at IS NULL AND s.expires_at > ?';

/** True when the asker works for the school. */
export function permits(rows, school) {
  const hex = school.replaceAll('-', '');
  return rows.some(([, , schoolId, role]) => schoolId !== null && schoolId.toString('hex') === hex && staff.has(role));
}
