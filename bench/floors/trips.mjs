/*
 * How the floor's statements travel. One a trip by default: whoever sends several at once must allow `multipleStatements`, and with it
 * whatever an injected semicolon begins. FLOOR_TRIPS=few sends them together all the same, to show what that is worth; FLOOR_TRIPS=prepared lets the
 * server keep each question prepared.
 */
export const together = process.env.FLOOR_TRIPS === 'few';
const prepared = process.env.FLOOR_TRIPS === 'prepared';

/** Questions that do not depend on each other, `[sql, values]` each. @returns the rows of each, as arrays */
export async function ask(pool, questions) {
  if (together) return asOne(pool, questions);
  return Promise.all(questions.map((question) => (prepared ? kept(pool, question) : alone(pool, question))));
}

/** Statements of a transaction, one after the other. @returns the result of each */
export async function tell(connection, statements) {
  if (together) return asOne(connection, statements);
  const results = [];
  for (const statement of statements) results.push(await alone(connection, statement));
  return results;
}

async function alone(connection, [sql, values = []]) {
  const [result] = await connection.query({ sql, values, rowsAsArray: true });
  return result;
}

async function kept(pool, [sql, values = []]) {
  const [result] = await pool.execute({ sql, values, rowsAsArray: true });
  return result;
}

async function asOne(connection, statements) {
  const sql = statements.map(([each]) => each).join(';');
  const values = statements.flatMap(([, each = []]) => each);
  const [results] = await connection.query({ sql, values, rowsAsArray: true });
  return results;
}
