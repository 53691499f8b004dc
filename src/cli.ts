import 'reflect-metadata';
import { buildProgram } from './cli/program.js';
import { Problem } from './platform/http/problem.js';

try {
  await buildProgram().parseAsync();
} catch (error) {
  console.error(textOf(error));
  // An application that failed to start may leave connections open.
  process.exit(1);
}

function textOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const fields = error instanceof Problem ? error.fields : [];
  return [error.message, ...fields.map(({ field, message }) => `  - ${field} ${message.en}`)].join('\n');
}
