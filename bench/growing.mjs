// Other schools' lessons, made by the server itself: ten million rows sent from here would take an hour.
const day = 24 * 60 * 60_000;
const pastDays = 730;
const aheadDays = 60;
// As many days back as the application keeps claims.
const keptDays = 60;
// Nine lessons of 45 minutes a day are 60 % of a teacher's twelve hours.
const lessonsADay = 9;
const firstResource = 1_000_000;
export const perStatement = 50_000;

/** Grows the table of bookings to so many rows. What is there already is kept. */
export async function growTo(db, size) {
  const [[{ n: there }]] = await db.query('SELECT COUNT(*) AS n FROM bookings');
  await db.query('SET SESSION foreign_key_checks = 0, unique_checks = 0');
  await numbers(db);
  // Each number is a lesson: of a teacher, on a day, at its time. The days go round first, so that every size is spread alike.
  for (let from = there; from < size; from += perStatement) await insert(db, from, Math.min(size, from + perStatement));
  await db.query('ANALYZE TABLE bookings, claims, resource_days');
  await db.query('SET SESSION foreign_key_checks = 1, unique_checks = 1');
}

/** A table of the numbers below 100,000, for this connection. */
export async function numbers(db) {
  await db.query('CREATE TEMPORARY TABLE IF NOT EXISTS numbers (n int unsigned PRIMARY KEY)');
  const digits =
    'SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9';
  await db.query(
    `INSERT IGNORE INTO numbers SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d FROM (${digits}) a, (${digits}) b, (${digits}) c, (${digits}) e, (${digits}) f`,
  );
}

async function insert(db, from, until) {
  const today = Math.floor(Date.now() / day);
  const days = pastDays + aheadDays;
  // Lesson n: its day goes round, then the lesson of the day, then the teacher.
  const lessons = `
    SELECT ${from} + n AS n, ${today - pastDays} + (${from} + n) % ${days} AS day,
      FLOOR((${from} + n) / ${days}) % ${lessonsADay} AS lesson, FLOOR((${from} + n) / ${days * lessonsADay}) AS teacher
    FROM numbers WHERE n < ${until - from}`;
  const slot = `day * 96 + 24 + lesson * 5`;
  const starts = `FROM_UNIXTIME((${slot}) * 900)`;
  const id = (prefix, number) => `UNHEX(CONCAT('${prefix}', LPAD(HEX(${number}), 24, '0')))`;
  const school = id('01900000', 'FLOOR(teacher / 10)');
  await db.query(`
    INSERT INTO bookings (id, school_id, student_id, teacher_id, vehicle_id, lesson_type_id, starts_at, ends_at, setup_minutes, buffer_minutes, state,
      price_minor, currency, vat_rate_bp, cancel_by, late_fee_minor, fee_minor, created_by, created_at)
    SELECT ${id('01900001', 'n')}, ${school}, ${id('01900002', 'teacher')}, ${id('01900003', 'teacher')}, ${id('01900004', 'teacher')}, ${id('01900005', '0')},
      ${starts}, ${starts} + INTERVAL 45 MINUTE, 0, 0, IF(day < ${today}, 'completed', 'booked'), 52500, 'DKK', 2500, ${starts}, 0, 0, ${id('01900006', '0')}, ${starts}
    FROM (${lessons}) AS lessons`);
  const kept = (more = '') =>
    `FROM (${lessons}) AS lessons JOIN (SELECT 0 AS kind UNION ALL SELECT 1 UNION ALL SELECT 2) AS kinds ${more} WHERE day >= ${today - keptDays}`;
  const resource = `${firstResource} + teacher * 3 + kind`;
  await db.query(`
    INSERT INTO claims (resource_id, slot, place, school_id, claimed_by)
    SELECT ${resource}, ${slot} + quarter, 0, ${school}, ${id('01900001', 'n')}
    ${kept('JOIN (SELECT 0 AS quarter UNION ALL SELECT 1 UNION ALL SELECT 2) AS quarters')}`);
  const bit = `24 + lesson * 5`;
  const three = (half) => `IF(FLOOR((${bit}) / 48) = ${half}, 7 << ((${bit}) % 48), 0)`;
  await db.query(`
    INSERT INTO resource_days (resource_id, day, lo, hi)
    SELECT ${resource}, day, ${three(0)}, ${three(1)} ${kept()}
    ON DUPLICATE KEY UPDATE lo = lo | VALUES(lo), hi = hi | VALUES(hi)`);
}
