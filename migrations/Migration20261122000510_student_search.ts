import { Migration } from '@mikro-orm/migrations';
import { searchEntries } from '../src/modules/students/domain/search-words.js';

interface StoredStudent {
  readonly school_id: Buffer;
  readonly id: Buffer;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly postcode: string | null;
}

const atOnce = 500;

/** Students are found by any word of theirs, and sorted by when they were enrolled. */
export class Migration20261122000510_student_search extends Migration {
  override async up(): Promise<void> {
    await this.execute(`CREATE TABLE student_search_words (
      school_id binary(16) NOT NULL,
      student_id binary(16) NOT NULL,
      entry varchar(240) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
      PRIMARY KEY (school_id, student_id, entry),
      KEY student_search_words_entry_index (school_id, entry, student_id),
      CONSTRAINT student_search_words_student FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_danish_ci`);
    await this.fill();
    this.addSql(`ALTER TABLE students
      ADD KEY students_created_at_index (school_id, created_at, id),
      ADD KEY students_status_created_at_index (school_id, status, created_at, id),
      ADD KEY students_licence_class_name_index (school_id, licence_class, name, id),
      ADD KEY students_licence_class_created_at_index (school_id, licence_class, created_at, id)`);
  }

  override down(): void {
    this.addSql(`ALTER TABLE students
      DROP KEY students_created_at_index,
      DROP KEY students_status_created_at_index,
      DROP KEY students_licence_class_name_index,
      DROP KEY students_licence_class_created_at_index`);
    this.addSql('DROP TABLE student_search_words');
  }

  /** SQL cannot fold a name as the application does. */
  private async fill(): Promise<void> {
    for (let after: Buffer = Buffer.alloc(16), full = true; full;) {
      const students = (await this.execute(
        'SELECT school_id, id, name, email, phone, postcode FROM students WHERE id > ? ORDER BY id LIMIT ?',
        [after, atOnce],
      )) as unknown as StoredStudent[];
      const rows = students.flatMap((each) => searchEntries(each).map((entry) => [each.school_id, each.id, entry]));
      if (rows.length > 0) {
        const places = rows.map(() => '(?, ?, ?)').join(', ');
        await this.execute(`INSERT INTO student_search_words VALUES ${places}`, rows.flat());
      }
      after = students.at(-1)?.id ?? after;
      full = students.length === atOnce;
    }
  }
}
