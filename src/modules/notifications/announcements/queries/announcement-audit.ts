import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Verifies } from '../../../../platform/verification/verifies.js';
import { type Check, findingsOf } from '../../../../platform/verification/findings-of.js';

// A message that somebody had sent once more counts once, as in the announcement's progress.
const madeAndToCome = `SELECT announcement_id, channel FROM announcement_recipients WHERE school_id = :school
  UNION ALL SELECT subject_id, channel FROM messages
  WHERE school_id = :school AND kind IN ('announcement', 'announcement_marketing') AND retry_of IS NULL`;

const checks: readonly Check[] = [
  {
    name: 'somebody waits for an announcement only while its messages are being made',
    sql: `SELECT it.id AS subject, CONCAT(COUNT(*), ' wait, ', it.state, ', all queued ', COALESCE(it.all_queued_at, 'never')) AS detail
      FROM announcement_recipients AS waiting JOIN announcements AS it ON it.school_id = waiting.school_id AND it.id = waiting.announcement_id
      WHERE waiting.school_id = :school AND (it.state <> 'sending' OR it.all_queued_at IS NOT NULL)
      GROUP BY it.id, it.state, it.all_queued_at`,
  },
  {
    name: 'an announcement has no more messages than it was confirmed for',
    sql: `SELECT it.id AS subject, CONCAT(found.amount, ' by ', found.channel) AS detail
      FROM (SELECT announcement_id, channel, COUNT(*) AS amount FROM (${madeAndToCome}) AS each_one GROUP BY announcement_id, channel) AS found
      JOIN announcements AS it ON it.school_id = :school AND it.id = found.announcement_id
      WHERE found.amount > COALESCE(IF(found.channel = 'email', it.email_recipients, it.sms_recipients), 0)`,
  },
  {
    name: 'an announcement knows from its confirmation on how many it is for',
    sql: `SELECT id AS subject, state AS detail FROM announcements
      WHERE school_id = :school AND ((state = 'draft') <> (email_recipients IS NULL) OR (state = 'draft') <> (sms_recipients IS NULL))`,
  },
];

/** Proves that an announcement goes to those it was confirmed for, and to nobody else. */
@Injectable()
export class AnnouncementAudit {
  constructor(private readonly em: EntityManager) {}

  @Verifies('notifications: announcements and whom they reach')
  verify(): Promise<string[]> {
    return findingsOf(this.em, checks);
  }
}
