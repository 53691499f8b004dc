import { ListQuery } from '../../../platform/http/list-query.js';
import {
  EmailField,
  EnumField,
  IdField,
  InstantField,
  LocalDateField,
  PhoneField,
  TextField,
} from '../../../platform/http/fields.js';
import type { Id } from '../../../platform/values/id.js';
import { type Relation, relations } from '../domain/guardianship.js';
import { guardianList } from '../queries/guardian-reader.js';

export class AddGuardianDto {
  @TextField({ description: 'Full name.', example: 'Karen Lund', max: 120 })
  name: string;

  @EmailField({ description: 'Where the invitation goes; also the login.', example: 'karen@example.com' })
  email: string;

  @PhoneField({ description: 'Mobile number.', example: '+4520123459', optional: true, nullable: true })
  phone?: string | null;

  @EnumField(relations, {
    description: 'What the guardian is to the student.',
    example: 'mother',
    optional: true,
    nullable: true,
  })
  relation?: Relation | null;
}

export class GuardianListQuery extends ListQuery(guardianList) {}

export class GuardianDto {
  @IdField({ description: 'Id of the guardianship.' })
  id: Id;

  @TextField({
    description: 'Full name; of somebody who belongs to another school, too, the address: his name is his own to tell.',
    example: 'Karen Lund',
    max: 254,
  })
  name: string;

  @EmailField({ description: 'E-mail address, also the login.', example: 'karen@example.com' })
  email: string;

  @PhoneField({
    description: 'Mobile number; null also of somebody who belongs to another school, which may not be told.',
    example: '+4520123459',
    nullable: true,
  })
  phone: string | null;

  @EnumField(relations, { description: 'What the guardian is to the student.', example: 'mother', nullable: true })
  relation: Relation | null;

  @LocalDateField({
    description:
      'The student’s eighteenth birthday: from then on the guardian sees nothing of him. Null while the birth date is unknown, when he sees nothing either.',
    example: '2027-03-14',
    nullable: true,
  })
  endsOn: string | null;

  @InstantField({ description: 'When the guardian was added.', example: '2026-11-01T09:00:00.000Z' })
  createdAt: Date;
}
