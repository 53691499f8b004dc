import { toE164 } from '../../../../platform/http/phone.js';
import type { ImportCells } from './read-list.js';

/** What a row says of a student, in the form in which the API takes it. Not yet validated. */
export type ImportedEnrolment = Readonly<Record<string, string>>;

/** What cannot be read stays as it is written, and the validation names it. */
export function enrolmentOf({ firstName, lastName, ...cells }: ImportCells): ImportedEnrolment {
  const { name, phone, birthDate, licenceClass, ...others } = mapped(cells, withoutQuote);
  const fullName = name ?? [firstName, lastName].filter((part) => part !== undefined).join(' ');
  return {
    ...others,
    ...(fullName !== '' && { name: fullName.replaceAll(/\s+/g, ' ') }),
    ...(phone !== undefined && { phone: toE164(phone) ?? phone }),
    ...(birthDate !== undefined && { birthDate: isoDate(birthDate) }),
    ...(licenceClass !== undefined && { licenceClass: licenceClass.toUpperCase() }),
  };
}

/** `14-03-2009`, `14.3.2009` and `14/03/2009` become `2009-03-14`. A year of two digits could be of two centuries. */
function isoDate(written: string): string {
  const parts = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(written);
  if (!parts) return written;
  const [, day, month, year] = parts as unknown as [string, string, string, string];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Our own export puts a quote before what a spreadsheet would take for a formula. */
function withoutQuote(cell: string): string {
  return cell.replace(/^'(?=[=+\-@])/, '');
}

function mapped(cells: ImportCells, change: (cell: string) => string): ImportCells {
  return Object.fromEntries(Object.entries(cells).map(([field, cell]) => [field, change(cell)]));
}
