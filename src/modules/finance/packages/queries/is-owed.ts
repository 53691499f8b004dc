import { sql } from 'kysely';

/** Of a row of package_units: what was credited by hand is no longer there to be used. */
export const isOwed = sql<boolean>`EXISTS (SELECT 1 FROM charges WHERE charges.school_id = package_units.school_id
  AND charges.source = 'package' AND charges.source_id = package_units.id AND charges.state <> 'voided')`;
