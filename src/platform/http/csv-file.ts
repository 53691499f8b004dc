import { StreamableFile } from '@nestjs/common';
import { textStream } from './text-stream.js';

/** Answers lines of CSV as a download, while they are made. */
export function csvFile(lines: AsyncGenerator<string>, name: string): StreamableFile {
  return new StreamableFile(textStream(lines), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}
