import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Verifies } from '../../../../platform/verification/verifies.js';
import { type Check, findingsOf } from '../../../../platform/verification/findings-of.js';

const checks: readonly Check[] = [
  {
    name: 'a sold package has what was bought, no more and no less',
    sql: `SELECT s.id AS subject, CONCAT(COALESCE(u.units, 0), ' of ', p.quantity) AS detail FROM sold_packages s
      JOIN package_parts p ON p.school_id = s.school_id AND p.package_id = s.package_id
      LEFT JOIN (SELECT sold_package_id, product_id, COUNT(*) AS units FROM package_units WHERE school_id = :school
        GROUP BY sold_package_id, product_id) u ON u.sold_package_id = s.id AND u.product_id = p.product_id
      WHERE s.school_id = :school AND COALESCE(u.units, 0) <> p.quantity`,
  },
  {
    name: 'the shares of a package are its price',
    sql: `SELECT s.id AS subject, CONCAT('sold for ', s.price_minor, ', shares ', COALESCE(SUM(u.share_minor), 0)) AS detail
      FROM sold_packages s LEFT JOIN package_units u ON u.school_id = s.school_id AND u.sold_package_id = s.id
      WHERE s.school_id = :school GROUP BY s.id, s.price_minor HAVING s.price_minor <> COALESCE(SUM(u.share_minor), 0)`,
  },
  {
    name: 'each part of a package is charged with its share, until it is given back',
    sql: `SELECT u.id AS subject, CONCAT(u.state, ', share ', u.share_minor, ', charged ', COALESCE(c.gross, 0), ', owed pieces ', COALESCE(c.owed, 0)) AS detail
      FROM package_units u LEFT JOIN (SELECT source_id, SUM(gross_minor) AS gross, SUM(state <> 'voided') AS owed FROM charges
        WHERE school_id = :school AND source = 'package' GROUP BY source_id) c ON c.source_id = u.id
      WHERE u.school_id = :school AND (c.gross IS NULL OR c.gross <> u.share_minor OR (u.state = 'withdrawn' AND c.owed > 0))`,
  },
  {
    name: 'what is given back is over, and nothing of it is left to use',
    sql: `SELECT u.id AS subject, CONCAT(u.state, ' in a package that is ', s.state) AS detail FROM package_units u
      JOIN sold_packages s ON s.school_id = u.school_id AND s.id = u.sold_package_id
      WHERE u.school_id = :school AND ((s.state = 'withdrawn' AND u.state = 'open') OR (s.state = 'active' AND u.state = 'withdrawn')
        OR (u.state = 'open' AND u.student_id <> s.student_id))`,
  },
];

/** Proves that packages hold what was sold, at their price. */
@Injectable()
export class PackageAudit {
  constructor(private readonly em: EntityManager) {}

  @Verifies('finance: packages')
  verify(): Promise<string[]> {
    return findingsOf(this.em, checks);
  }
}
