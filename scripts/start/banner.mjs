/** What somebody who has just started the application wants to know. */
export function banner({ urls, logins }) {
  const links = [
    ['Start page', urls.home],
    ['API', urls.api],
    ['Swagger UI', urls.docs],
    ['Operations', urls.operations],
    ['Mailbox, checkout', urls.sandbox],
    ['An unpaid invoice', urls.payPage],
  ].filter(([, url]) => url);
  return [
    '',
    'Just Driving is running.',
    '',
    ...columns(links),
    ...loginLines(logins),
    '',
    'Ctrl-C stops it; .local/ keeps the data, `npm run reset` forgets them.',
  ].join('\n');
}

function loginLines(logins) {
  if (logins.length === 0) return [];
  return ['', 'Demo logins', ...columns(logins.map(({ role, email, password }) => [role, email, password]))];
}

function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map(
    (row) =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd()}`,
  );
}
