import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Verifies } from '../../../../platform/verification/verifies.js';
import { type Check, findingsOf } from '../../../../platform/verification/findings-of.js';
import { messageKindNames, traitsOf } from '../../domain/message-kinds.js';
import { choosableTopics, mustKeep } from '../domain/topic-choice.js';

/** Proves that nobody was sent what he had not agreed to, and that everybody hears what he must. */
@Injectable()
export class ChoiceAudit {
  constructor(private readonly em: EntityManager) {}

  @Verifies('notifications: consents and preferences')
  verify(): Promise<string[]> {
    return findingsOf(this.em, [...preferences(), ...advertisements()]);
  }
}

function preferences(): Check[] {
  return [
    {
      name: 'what somebody must hear has a channel left on',
      sql: `SELECT user_id AS subject, topic AS detail FROM message_preferences
        WHERE school_id = :school AND is_on = 0 AND topic IN (${quoted(choosableTopics.filter((each) => mustKeep(each) === 'one_channel'))})
        GROUP BY user_id, topic HAVING COUNT(*) > 1`,
    },
    {
      name: 'papers go by e-mail',
      sql: `SELECT user_id AS subject, topic AS detail FROM message_preferences WHERE school_id = :school AND is_on = 0
        AND channel = 'email' AND topic IN (${quoted(choosableTopics.filter((each) => mustKeep(each) === 'email'))})`,
    },
  ];
}

function advertisements(): Check[] {
  const kinds = messageKindNames.filter((kind) => traitsOf(kind).purpose === 'marketing');
  // A minute: it may have been on its way when the consent was withdrawn. Of the erased no consent is kept, and no recipient.
  return [
    {
      name: 'an advertisement went to somebody who had agreed',
      sql: `SELECT m.id AS subject, CONCAT(m.kind, ' ', m.channel) AS detail FROM messages m
        WHERE m.school_id = :school AND m.kind IN (${quoted(kinds)}) AND m.recipient_masked IS NOT NULL
        AND m.state IN ('sent', 'delivered', 'bounced', 'complained') AND NOT EXISTS (
          SELECT 1 FROM marketing_consents c WHERE c.school_id = m.school_id AND c.user_id = m.user_id
            AND c.channel = m.channel AND c.decision = 'given' AND c.decided_at <= m.closed_at AND NOT EXISTS (
              SELECT 1 FROM marketing_consents w WHERE w.school_id = c.school_id AND w.user_id = c.user_id
                AND w.channel = c.channel AND w.decision = 'withdrawn' AND w.id > c.id
                AND w.decided_at < m.first_tried_at - INTERVAL 1 MINUTE))`,
    },
  ];
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
