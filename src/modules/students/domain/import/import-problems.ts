import { Conflict, NotFound, Unprocessable } from '../../../../platform/http/problem.js';

export class ImportNotFound extends NotFound {
  constructor() {
    super('student_import.not_found', {
      en: 'There is no such import. Imports are forgotten after 30 days; upload the list again.',
      da: 'Importen findes ikke. Importer glemmes efter 30 dage; upload listen igen.',
    });
  }
}

/** 409: the import is not where this step begins. */
export class ImportNotOpen extends Conflict {
  constructor(state: string) {
    super(
      'student_import.not_open',
      {
        en: `This is not possible while the import is "${state}". Read the import, and go on from its state.`,
        da: `Det kan ikke lade sig gøre, mens importen er "${state}". Læs importen, og gå videre fra dens tilstand.`,
      },
      { extra: { state } },
    );
  }
}

/** 422: the file as a whole is no list of students. */
export class UnreadableList extends Unprocessable {
  constructor(row: number) {
    super(
      'student_import.unreadable',
      {
        en: `Row ${row} is not CSV: a quotation mark is not closed, or the row never ends. Save the list as CSV once more.`,
        da: `Række ${row} er ikke CSV: et citationstegn lukkes ikke, eller rækken slutter aldrig. Gem listen som CSV igen.`,
      },
      { extra: { row } },
    );
  }
}

export class ColumnsMissing extends Unprocessable {
  constructor(missing: readonly string[]) {
    const columns = missing.join(', ');
    super(
      'student_import.columns_missing',
      {
        en: `The first row must hold headings; these are missing: ${columns}. Add them, and upload the list again.`,
        da: `Første række skal være overskrifter; disse mangler: ${columns}. Tilføj dem, og upload listen igen.`,
      },
      { extra: { missing } },
    );
  }
}

export class ListEmpty extends Unprocessable {
  constructor() {
    super('student_import.empty', {
      en: 'There are no students below the headings. Add at least one row.',
      da: 'Der er ingen elever under overskrifterne. Tilføj mindst én række.',
    });
  }
}

export class ListTooLong extends Unprocessable {
  constructor(most: number) {
    super('student_import.too_long', {
      en: `The list has more than ${most} rows. Split it, and upload the parts one by one.`,
      da: `Listen har mere end ${most} rækker. Del den, og upload delene en ad gangen.`,
    });
  }
}
