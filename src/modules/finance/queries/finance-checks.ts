import type { Check } from '../../../platform/verification/findings-of.js';

const posted = (sources: string) => `
  SELECT t.source_id, SUM(CASE WHEN d.student_id IS NULL THEN -t.amount_minor ELSE t.amount_minor END) AS owed
  FROM ledger_transfers t JOIN ledger_accounts d ON d.school_id = t.school_id AND d.id = t.debit_account_id
  WHERE t.school_id = :school AND t.source IN (${sources}) GROUP BY t.source_id`;

const succeededRefunds = `
  SELECT payment_id, SUM(amount_minor) AS given FROM refunds WHERE school_id = :school AND state = 'succeeded' GROUP BY payment_id`;

/** What accounts that stand in credit hold, for comparing it with the documents: rate, currency, ledger, documents. */
const inCredit = (accounts: string) => `
  SELECT a.vat_rate_bp AS rate, a.currency AS currency, t.amount_minor AS ledger, 0 AS documents FROM ledger_accounts a
    JOIN ledger_transfers t ON t.school_id = a.school_id AND t.credit_account_id = a.id WHERE a.school_id = :school AND ${accounts}
  UNION ALL SELECT a.vat_rate_bp, a.currency, -t.amount_minor, 0 FROM ledger_accounts a
    JOIN ledger_transfers t ON t.school_id = a.school_id AND t.debit_account_id = a.id WHERE a.school_id = :school AND ${accounts}`;

/** What makes the money of a school add up. The ledger's entries are the truth; everything else must follow from them. */
export const financeChecks: readonly Check[] = [
  {
    name: 'transfers stay within one currency',
    sql: `SELECT t.id AS subject, CONCAT(t.currency, ' between ', d.currency, ' and ', c.currency) AS detail FROM ledger_transfers t
      JOIN ledger_accounts d ON d.school_id = t.school_id AND d.id = t.debit_account_id
      JOIN ledger_accounts c ON c.school_id = t.school_id AND c.id = t.credit_account_id
      WHERE t.school_id = :school AND (t.currency <> d.currency OR t.currency <> c.currency)`,
  },
  {
    name: 'an invoice is the sum of its lines',
    sql: `SELECT i.id AS subject, CONCAT('says ', i.gross_minor, ', lines ', COALESCE(SUM(l.gross_minor), 0)) AS detail FROM invoices i
      LEFT JOIN invoice_lines l ON l.school_id = i.school_id AND l.invoice_id = i.id
      WHERE i.school_id = :school GROUP BY i.id, i.gross_minor, i.net_minor, i.vat_minor
      HAVING i.gross_minor <> COALESCE(SUM(l.gross_minor), 0) OR i.vat_minor <> COALESCE(SUM(l.vat_minor), 0)
        OR i.net_minor <> COALESCE(SUM(l.net_minor), 0)`,
  },
  {
    name: 'an invoice is posted with its total',
    sql: `SELECT i.id AS subject, CONCAT('says ', i.gross_minor, ', posted ', COALESCE(p.owed, 0)) AS detail FROM invoices i
      LEFT JOIN (${posted("'invoice', 'credit_note'")}) p ON p.source_id = i.id
      WHERE i.school_id = :school AND i.gross_minor <> COALESCE(p.owed, 0)`,
  },
  {
    name: 'an invoice is paid by its allocations',
    sql: `SELECT i.id AS subject, CONCAT('says ', i.paid_minor, ', allocated ', COALESCE(a.total, 0)) AS detail FROM invoices i
      LEFT JOIN (SELECT invoice_id, SUM(amount_minor) AS total FROM payment_allocations WHERE school_id = :school GROUP BY invoice_id) a
        ON a.invoice_id = i.id
      WHERE i.school_id = :school AND i.paid_minor <> COALESCE(a.total, 0)`,
  },
  {
    name: 'an invoice is credited by its credit notes',
    sql: `SELECT i.id AS subject, CONCAT('says ', i.credited_minor, ', credit notes ', COALESCE(n.total, 0)) AS detail FROM invoices i
      LEFT JOIN (SELECT credits_invoice_id, -SUM(gross_minor) AS total FROM invoices
        WHERE school_id = :school AND kind = 'credit_note' GROUP BY credits_invoice_id) n ON n.credits_invoice_id = i.id
      WHERE i.school_id = :school AND i.kind = 'invoice' AND i.credited_minor <> COALESCE(n.total, 0)`,
  },
  {
    name: 'an invoice’s state follows from what was paid, credited and written off',
    sql: `SELECT i.id AS subject, CONCAT('is ', i.state) AS detail FROM invoices i
      WHERE i.school_id = :school AND i.kind = 'invoice' AND i.state <> CASE WHEN i.credited_minor = i.gross_minor THEN 'credited'
        WHEN i.paid_minor + i.credited_minor + i.written_off_minor < i.gross_minor THEN 'issued'
        WHEN i.written_off_minor > 0 THEN 'written_off' ELSE 'paid' END`,
  },
  {
    name: 'credit notes take back no more of a line than it has',
    sql: `SELECT l.id AS subject, CONCAT('has ', l.gross_minor, ', credited ', -SUM(n.gross_minor)) AS detail FROM invoice_lines l
      JOIN invoice_lines n ON n.school_id = l.school_id AND n.credits_line_id = l.id
      WHERE l.school_id = :school GROUP BY l.id, l.gross_minor, l.vat_minor
      HAVING ABS(SUM(n.gross_minor)) > ABS(l.gross_minor) OR ABS(SUM(n.vat_minor)) > ABS(l.vat_minor)
        OR (SUM(n.gross_minor) = -l.gross_minor AND SUM(n.vat_minor) <> -l.vat_minor)`,
  },
  {
    name: 'invoice numbers have no gap',
    sql: `SELECT c.school_id AS subject, CONCAT(COUNT(i.id), ' of ', c.last_number) AS detail FROM invoice_counters c
      LEFT JOIN invoices i ON i.school_id = c.school_id
      WHERE c.school_id = :school GROUP BY c.school_id, c.last_number
      HAVING COUNT(i.id) <> c.last_number OR COALESCE(MIN(i.number), 1) <> 1 OR COALESCE(MAX(i.number), 0) <> c.last_number`,
  },
  {
    name: 'a payment is posted with what it received, and nothing else is',
    sql: `SELECT p.id AS subject, CONCAT(p.state, ', received ', p.received_minor, ', posted ', COALESCE(-l.owed, 0)) AS detail FROM payments p
      LEFT JOIN (${posted("'payment', 'payment_reversal'")}) l ON l.source_id = p.id
      WHERE p.school_id = :school AND (p.received_minor <> COALESCE(-l.owed, 0) OR (p.state = 'succeeded') <> (p.received_minor > 0))`,
  },
  {
    name: 'a refund is posted when it succeeded, and only then',
    sql: `SELECT r.id AS subject, CONCAT(r.state, ' ', r.amount_minor, ', posted ', COALESCE(l.owed, 0)) AS detail FROM refunds r
      LEFT JOIN (${posted("'refund', 'refund_failure'")}) l ON l.source_id = r.id
      WHERE r.school_id = :school AND CASE WHEN r.state = 'succeeded' THEN r.amount_minor ELSE 0 END <> COALESCE(l.owed, 0)`,
  },
  {
    name: 'a payment has set aside what its refunds need',
    sql: `SELECT p.id AS subject, CONCAT('says ', p.refunded_minor, ', refunds ', COALESCE(r.total, 0)) AS detail FROM payments p
      LEFT JOIN (SELECT payment_id, SUM(amount_minor) AS total FROM refunds WHERE school_id = :school AND state <> 'failed' GROUP BY payment_id) r
        ON r.payment_id = p.id
      WHERE p.school_id = :school AND p.refunded_minor <> COALESCE(r.total, 0)`,
  },
  {
    name: 'a payment allocates no more than it has kept',
    sql: `SELECT p.id AS subject, CONCAT('received ', p.received_minor, ', allocated ', COALESCE(a.total, 0)) AS detail FROM payments p
      LEFT JOIN (SELECT payment_id, SUM(amount_minor) AS total FROM payment_allocations WHERE school_id = :school GROUP BY payment_id) a
        ON a.payment_id = p.id
      LEFT JOIN (${succeededRefunds}) r ON r.payment_id = p.id
      WHERE p.school_id = :school
        AND (COALESCE(a.total, 0) < 0 OR COALESCE(a.total, 0) > GREATEST(0, p.received_minor - COALESCE(r.given, 0) - p.disputed_minor))`,
  },
  {
    name: 'a payment is disputed as far as its disputes stand, and that is posted',
    sql: `SELECT p.id AS subject, CONCAT('says ', p.disputed_minor, ', disputes ', COALESCE(d.total, 0), ', posted ', COALESCE(d.posted, 0)) AS detail
      FROM payments p LEFT JOIN (SELECT x.payment_id, SUM(CASE WHEN x.state = 'won' THEN 0 ELSE x.amount_minor END) AS total,
          SUM(COALESCE(l.owed, 0)) AS posted FROM disputes x LEFT JOIN (${posted("'dispute', 'dispute_reversal'")}) l ON l.source_id = x.id
        WHERE x.school_id = :school GROUP BY x.payment_id) d ON d.payment_id = p.id
      WHERE p.school_id = :school AND (p.disputed_minor <> COALESCE(d.total, 0) OR p.disputed_minor <> COALESCE(d.posted, 0))`,
  },
  {
    name: 'a payout is the sum of its lines, and posted',
    sql: `SELECT p.id AS subject, CONCAT('says ', p.amount_minor, ', lines ', COALESCE(m.total, 0)) AS detail FROM gateway_payouts p
      LEFT JOIN (SELECT payout_id, SUM(amount_minor - fee_minor) AS total FROM gateway_movements WHERE school_id = :school GROUP BY payout_id) m
        ON m.payout_id = p.id
      LEFT JOIN (SELECT t.source_id, SUM(CASE WHEN a.account_key = 'bank' THEN t.amount_minor ELSE -t.amount_minor END) AS total
        FROM ledger_transfers t JOIN ledger_accounts a ON a.school_id = t.school_id AND a.id = t.debit_account_id
        WHERE t.school_id = :school AND t.source = 'payout' GROUP BY t.source_id) l ON l.source_id = p.id
      WHERE p.school_id = :school AND (p.amount_minor <> COALESCE(m.total, 0) OR p.amount_minor <> COALESCE(l.total, 0))`,
  },
  {
    name: 'a gateway’s line that nothing explains is posted or listed',
    sql: `SELECT m.id AS subject, CONCAT('of ', m.amount_minor, ', posted ', COALESCE(l.total, 0), ', difference ', COALESCE(d.state, 'none')) AS detail
      FROM gateway_movements m LEFT JOIN (SELECT t.source_id, SUM(CASE WHEN a.account_key LIKE 'clearing/%' THEN t.amount_minor ELSE -t.amount_minor END) AS total
        FROM ledger_transfers t JOIN ledger_accounts a ON a.school_id = t.school_id AND a.id = t.debit_account_id
        WHERE t.school_id = :school AND t.source = 'gateway_posting' GROUP BY t.source_id) l ON l.source_id = m.id
      LEFT JOIN gateway_differences d ON d.school_id = m.school_id AND d.provider = m.provider AND d.kind = 'other_movement'
        AND d.subject_ref = m.movement_ref
      WHERE m.school_id = :school AND m.kind = 'other' AND m.amount_minor <> 0
        AND CASE WHEN m.posted_to IS NULL THEN COALESCE(l.total, 0) <> 0 OR COALESCE(d.state, '') <> 'open' ELSE COALESCE(l.total, 0) <> m.amount_minor END`,
  },
  {
    name: 'a refund that was taken over is its line of the gateway’s books',
    sql: `SELECT r.id AS subject, CONCAT('of ', r.amount_minor, ', line ', m.amount_minor) AS detail FROM refunds r
      JOIN gateway_movements m ON m.school_id = r.school_id AND m.id = r.movement_id
      WHERE r.school_id = :school AND (m.amount_minor <> -r.amount_minor OR m.currency <> r.currency OR NOT (m.refund_id <=> r.id))`,
  },
  {
    name: 'no payment has taken more from an invoice than it gave it',
    sql: `SELECT a.payment_id AS subject, CONCAT('gives ', SUM(a.amount_minor)) AS detail FROM payment_allocations a
      WHERE a.school_id = :school GROUP BY a.payment_id, a.invoice_id HAVING SUM(a.amount_minor) < 0`,
  },
  {
    name: 'a closed till expected its float and what went through it',
    sql: `SELECT s.id AS subject, CONCAT('says ', s.expected_minor, ', float and movements ', s.float_minor + COALESCE(m.total, 0)) AS detail
      FROM cash_sessions s LEFT JOIN (SELECT session_id, SUM(amount_minor) AS total FROM cash_movements WHERE school_id = :school GROUP BY session_id) m
        ON m.session_id = s.id
      WHERE s.school_id = :school AND s.closed_at IS NOT NULL AND s.expected_minor <> s.float_minor + COALESCE(m.total, 0)`,
  },
  {
    name: 'the difference of a counted till is posted',
    sql: `SELECT s.id AS subject, CONCAT('differs by ', s.counted_minor - s.expected_minor, ', posted ', COALESCE(p.difference, 0)) AS detail
      FROM cash_sessions s LEFT JOIN (SELECT t.source_id, SUM(CASE WHEN d.account_key = 'cash' THEN t.amount_minor ELSE -t.amount_minor END) AS difference
        FROM ledger_transfers t JOIN ledger_accounts d ON d.school_id = t.school_id AND d.id = t.debit_account_id
        WHERE t.school_id = :school AND t.source = 'cash_difference' GROUP BY t.source_id) p ON p.source_id = s.id
      WHERE s.school_id = :school AND s.closed_at IS NOT NULL AND s.counted_minor - s.expected_minor <> COALESCE(p.difference, 0)`,
  },
  {
    name: 'what went through a till is its payment’s or refund’s amount',
    sql: `SELECT m.id AS subject, CONCAT(m.kind, ' ', m.amount_minor) AS detail FROM cash_movements m
      LEFT JOIN payments p ON p.school_id = m.school_id AND p.id = m.subject_id AND m.kind IN ('payment', 'reversal')
      LEFT JOIN refunds r ON r.school_id = m.school_id AND r.id = m.subject_id AND m.kind = 'refund'
      WHERE m.school_id = :school AND m.kind <> 'banked' AND ABS(m.amount_minor) <> COALESCE(p.amount_minor, r.amount_minor, 0)`,
  },
  {
    name: 'a student’s account is what is open on his invoices less his credit',
    sql: `SELECT s.student_id AS subject, CONCAT('ledger ', SUM(s.ledger), ', documents ', SUM(s.documents)) AS detail FROM (
        SELECT a.student_id, t.amount_minor AS ledger, 0 AS documents FROM ledger_accounts a
          JOIN ledger_transfers t ON t.school_id = a.school_id AND t.debit_account_id = a.id WHERE a.school_id = :school AND a.student_id IS NOT NULL
        UNION ALL SELECT a.student_id, -t.amount_minor, 0 FROM ledger_accounts a
          JOIN ledger_transfers t ON t.school_id = a.school_id AND t.credit_account_id = a.id WHERE a.school_id = :school AND a.student_id IS NOT NULL
        UNION ALL SELECT student_id, 0, gross_minor FROM invoices WHERE school_id = :school
        UNION ALL SELECT student_id, 0, disputed_minor - received_minor FROM payments WHERE school_id = :school
        UNION ALL SELECT student_id, 0, amount_minor FROM refunds WHERE school_id = :school AND state = 'succeeded'
        UNION ALL SELECT student_id, 0, -amount_minor FROM write_offs WHERE school_id = :school AND reversed_at IS NULL
      ) s GROUP BY s.student_id HAVING SUM(s.ledger) <> SUM(s.documents)`,
  },
  {
    name: 'what is deferred is what has been invoiced and not delivered',
    sql: `SELECT CONCAT(s.rate, ' bp ', s.currency) AS subject, CONCAT('ledger ', SUM(s.ledger), ', undelivered ', SUM(s.documents)) AS detail FROM (
        ${inCredit("a.account_key LIKE 'deferred/%'")}
        UNION ALL SELECT l.vat_rate_bp, c.currency, 0, l.net_minor FROM charges c
          JOIN invoice_lines l ON l.school_id = c.school_id AND l.charge_id = c.id WHERE c.school_id = :school AND c.delivered = 0
      ) s GROUP BY s.rate, s.currency HAVING SUM(s.ledger) <> SUM(s.documents)`,
  },
  {
    name: 'the VAT that is owed is that of the invoices, by rate',
    sql: `SELECT CONCAT(s.rate, ' bp ', s.currency) AS subject, CONCAT('ledger ', SUM(s.ledger), ', invoices ', SUM(s.documents)) AS detail FROM (
        ${inCredit("a.account_key LIKE 'output-vat/%'")}
        UNION ALL SELECT l.vat_rate_bp, i.currency, 0, l.vat_minor FROM invoices i
          JOIN invoice_lines l ON l.school_id = i.school_id AND l.invoice_id = i.id WHERE i.school_id = :school
      ) s GROUP BY s.rate, s.currency HAVING SUM(s.ledger) <> SUM(s.documents)`,
  },
  {
    name: 'what was earned was delivered',
    sql: `SELECT t.source_id AS subject, CONCAT('earned ', t.amount_minor) AS detail FROM ledger_transfers t
      LEFT JOIN charges c ON c.school_id = t.school_id AND c.id = t.source_id AND c.delivered = 1 AND c.delivery_id IS NULL
      LEFT JOIN charges again ON again.school_id = t.school_id AND again.delivery_id = t.source_id AND again.delivered = 1
      LEFT JOIN ledger_transfers r ON r.school_id = t.school_id AND r.source = 'delivery_reversal' AND r.source_id = t.source_id
      WHERE t.school_id = :school AND t.source = 'delivery' AND c.id IS NULL AND again.id IS NULL AND r.id IS NULL`,
  },
  {
    name: 'an invoice is written off by its write-offs that stand',
    sql: `SELECT i.id AS subject, CONCAT('says ', i.written_off_minor, ', write-offs ', COALESCE(w.total, 0)) AS detail FROM invoices i
      LEFT JOIN (SELECT invoice_id, SUM(amount_minor) AS total FROM write_offs WHERE school_id = :school AND reversed_at IS NULL GROUP BY invoice_id) w
        ON w.invoice_id = i.id
      WHERE i.school_id = :school AND i.written_off_minor <> COALESCE(w.total, 0)`,
  },
  {
    name: 'a write-off is posted while it stands, and not when it was reversed',
    sql: `SELECT w.id AS subject, CONCAT('of ', w.amount_minor, ', posted ', COALESCE(-l.owed, 0)) AS detail FROM write_offs w
      LEFT JOIN (${posted("'write_off', 'write_off_reversal'")}) l ON l.source_id = w.id
      WHERE w.school_id = :school AND CASE WHEN w.reversed_at IS NULL THEN w.amount_minor ELSE 0 END <> COALESCE(-l.owed, 0)`,
  },
  {
    name: 'the books are closed as far as the latest closing',
    sql: `SELECT b.school_id AS subject, CONCAT('closed through ', COALESCE(b.closed_through, 'nothing'), ', closings ', COALESCE(MAX(c.closed_through), 'none')) AS detail
      FROM ledger_books b LEFT JOIN ledger_closings c ON c.school_id = b.school_id AND c.reopened_at IS NULL
      WHERE b.school_id = :school GROUP BY b.school_id, b.closed_through HAVING NOT (b.closed_through <=> MAX(c.closed_through))`,
  },
  {
    name: 'nothing was posted in a period after it was closed',
    sql: `SELECT t.id AS subject, CONCAT('posted ', t.created_at, ' on ', t.occurred_on, ', closed ', c.closed_at) AS detail FROM ledger_closings c
      JOIN ledger_transfers t ON t.school_id = c.school_id AND t.occurred_on <= c.closed_through AND t.created_at > c.closed_at
      WHERE c.school_id = :school AND c.reopened_at IS NULL`,
  },
];
