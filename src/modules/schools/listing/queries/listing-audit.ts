import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Check, findingsOf } from '../../../../platform/verification/findings-of.js';
import { Verifies } from '../../../../platform/verification/verifies.js';

const checks: readonly Check[] = [
  {
    name: 'a directory can read of every school that is listed in it',
    sql: `SELECT l.school_id AS subject, p.directory AS detail FROM school_listings l
      JOIN listing_positions p ON FIND_IN_SET(p.directory, l.directories) > 0
      WHERE l.school_id = :school AND NOT EXISTS (SELECT 1 FROM listing_changes c
        WHERE c.school_id = l.school_id AND c.directory = p.directory)`,
  },
  {
    name: 'no change stands beyond the last position of its directory',
    sql: `SELECT c.school_id AS subject, CONCAT(c.directory, ' at ', c.position) AS detail FROM listing_changes c
      LEFT JOIN listing_positions p ON p.directory = c.directory
      WHERE c.school_id = :school AND c.position > COALESCE(p.position, 0)`,
  },
  {
    // Who takes positions takes them all and commits with them: the last one is somebody's.
    name: 'the last position of a directory is a school’s',
    sql: `SELECT p.directory AS subject, CONCAT('at ', p.position) AS detail FROM listing_positions p
      WHERE EXISTS (SELECT 1 FROM listing_changes own WHERE own.school_id = :school AND own.directory = p.directory)
        AND NOT EXISTS (SELECT 1 FROM listing_changes c WHERE c.directory = p.directory AND c.position = p.position)`,
  },
  {
    name: 'a directory was told of no change that there is not',
    sql: `SELECT school_id AS subject, CONCAT(directory, ' of ', announced_position) AS detail FROM listing_changes
      WHERE school_id = :school AND announced_position > position`,
  },
];

/** Proves that whoever reads a directory's changes on from a cursor misses none. */
@Injectable()
export class ListingAudit {
  constructor(private readonly em: EntityManager) {}

  @Verifies('schools: listings and their changes')
  verify(): Promise<string[]> {
    return findingsOf(this.em, checks);
  }
}
