import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import {
  AccessDirectory,
  type KeyHolder,
  type PartnerHolder,
  type SignedIn,
} from '../../../platform/auth/access-directory.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { apiKeyMark } from '../domain/api-key.js';
import { partnerKeyMark } from '../domain/partner-key.js';
import { needsSecondFactor } from '../domain/sign-in-rules.js';
import { hashOfToken } from '../../../platform/crypto/secret-token.js';
import type { IdentityTables } from '../identity.tables.js';
import { SignInConfig } from '../sign-in.config.js';
import { LastUses } from './last-uses.js';

/** Session, person and memberships in one read, or an API key: each request asks, so whoever is removed is out at once. */
@Injectable()
export class SessionAccess extends AccessDirectory {
  constructor(
    private readonly em: EntityManager,
    private readonly lastUses: LastUses,
    private readonly config: SignInConfig,
    private readonly clock: Clock,
  ) {
    super();
  }

  async find(sessionId: Id): Promise<SignedIn | null> {
    const rows = await globalQuery<IdentityTables>(this.em)
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .leftJoin('memberships', 'memberships.user_id', 'users.id')
      .leftJoin('sign_in_rules', 'sign_in_rules.school_id', 'memberships.school_id')
      .leftJoin('second_factors', 'second_factors.user_id', 'users.id')
      .select([
        'users.id as userId',
        'users.platform_admin as platformAdmin',
        'second_factors.confirmed_at as secondFactorAt',
        'sessions.last_used_at as lastUsedAt',
        'memberships.school_id as schoolId',
        'memberships.role as role',
        'sign_in_rules.second_factor_for as secondFactorFor',
      ])
      .where('sessions.id', '=', bin(sessionId))
      .where('sessions.ended_at', 'is', null)
      .where('sessions.expires_at', '>', this.clock.now())
      .execute();
    const [first] = rows;
    if (!first) return null;
    this.lastUses.note('sessions', sessionId, first.lastUsedAt);
    const { userId, platformAdmin, secondFactorAt } = first;
    const isWithout = secondFactorAt === null;
    const held = rows.flatMap(({ schoolId, role, secondFactorFor }) =>
      schoolId && role ? [{ schoolId, role, counts: !(isWithout && needsSecondFactor(role, secondFactorFor)) }] : [],
    );
    const memberships = held.filter(({ counts }) => counts);
    const heldBack = held.filter(({ counts }) => !counts);
    const lacksSecondFactor = platformAdmin && isWithout && this.config.adminSecondFactor === 'required';
    const isPlatformAdmin = platformAdmin && !lacksSecondFactor;
    const supports = isPlatformAdmin ? await this.supportsOf(userId) : [];
    return { kind: 'user', sessionId, userId, isPlatformAdmin, lacksSecondFactor, memberships, heldBack, supports };
  }

  isKey(bearer: string): boolean {
    return bearer.startsWith(apiKeyMark) || bearer.startsWith(partnerKeyMark);
  }

  async findKey(secret: string): Promise<KeyHolder | PartnerHolder | null> {
    return secret.startsWith(partnerKeyMark) ? this.findPartnerKey(secret) : this.findSchoolKey(secret);
  }

  private async findSchoolKey(secret: string): Promise<KeyHolder | null> {
    const keys = globalQuery<IdentityTables>(this.em)
      .selectFrom('api_keys')
      .select(['id', 'school_id as schoolId', 'scopes', 'expires_at as expiresAt', 'last_used_at as lastUsedAt'])
      .where('revoked_at', 'is', null);
    const [now, hash] = [this.clock.now(), hashOfToken(secret)];
    const key =
      (await keys.where('hash', '=', hash).executeTakeFirst()) ??
      (await keys.where('previous_hash', '=', hash).where('previous_until', '>', now).executeTakeFirst());
    if (!key || (key.expiresAt !== null && key.expiresAt <= now)) return null;
    this.lastUses.note('api_keys', key.id, key.lastUsedAt);
    return { kind: 'api_key', keyId: key.id, schoolId: key.schoolId, scopes: key.scopes.split(' ') };
  }

  private async findPartnerKey(secret: string): Promise<PartnerHolder | null> {
    const keys = globalQuery<IdentityTables>(this.em)
      .selectFrom('partner_keys')
      .select(['id', 'partner', 'scopes', 'expires_at as expiresAt', 'last_used_at as lastUsedAt'])
      .where('revoked_at', 'is', null);
    const [now, hash] = [this.clock.now(), hashOfToken(secret)];
    const key =
      (await keys.where('hash', '=', hash).executeTakeFirst()) ??
      (await keys.where('previous_hash', '=', hash).where('previous_until', '>', now).executeTakeFirst());
    if (!key || (key.expiresAt !== null && key.expiresAt <= now)) return null;
    this.lastUses.note('partner_keys', key.id, key.lastUsedAt);
    return { kind: 'partner_key', keyId: key.id, partner: key.partner, scopes: key.scopes.split(' ') };
  }

  private async supportsOf(userId: Id): Promise<Id[]> {
    const open = await globalQuery<IdentityTables>(this.em)
      .selectFrom('support_accesses')
      .select('school_id as schoolId')
      .where('user_id', '=', bin(userId))
      .where('expires_at', '>', this.clock.now())
      .where('closed_at', 'is', null)
      .execute();
    return open.map(({ schoolId }) => schoolId);
  }
}
