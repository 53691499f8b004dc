import { OmitType } from '@nestjs/swagger';
import { ChangeOf } from '../../../platform/http/change-of.js';
import {
  BoolField,
  EmailField,
  EnumListField,
  IdField,
  ListField,
  PhoneField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { licenceClasses, type LicenceClass } from '../domain/licence-class.js';
import { WeeklyHoursDto } from './schedule.dto.js';
import { teacherList } from '../queries/teacher-reader.js';

class TeacherDetailsDto {
  @TextField({ description: 'Full name.', example: 'Lars Holm', max: 120 })
  name: string;

  @EnumListField(licenceClasses, {
    description: 'Licence categories he teaches.',
    example: ['B'],
    minItems: 1,
    maxItems: 16,
  })
  licenceClasses: LicenceClass[];

  @IdField({
    description: 'The location at which his lessons begin when nobody says where; null or left out: none.',
    optional: true,
    nullable: true,
  })
  homeLocationId?: Id | null;
}

export class AddTeacherDto extends TeacherDetailsDto {
  @EmailField({ description: 'Where the invitation goes; also the login.', example: 'lars@nordhavn.example' })
  email: string;

  @PhoneField({
    description: 'Mobile number, for messages about changes.',
    example: '+4520123457',
    optional: true,
    nullable: true,
  })
  phone?: string | null;

  @ListField(() => WeeklyHoursDto, { description: 'The weekly hours from today on.', maxItems: 50 })
  workingHours: WeeklyHoursDto[];
}

export class UpdateTeacherDto extends ChangeOf(OmitType(AddTeacherDto, ['email', 'workingHours'])) {
  @BoolField({ description: 'Whether he is offered for new lessons.', example: false, optional: true })
  active?: boolean;
}

export class TeacherListQuery extends ListQuery(teacherList) {
  @BoolField({ description: 'Deactivated teachers too; for staff.', example: false, optional: true })
  includeInactive?: boolean;
}

export class TeacherDto extends TeacherDetailsDto {
  @IdField({ description: 'Id of the teacher.' })
  id: Id;

  @EmailField({
    description: 'E-mail address; null unless you work at the school.',
    example: 'lars@nordhavn.example',
    nullable: true,
  })
  email: string | null;

  @PhoneField({
    description: 'Mobile number; null unless you work at the school.',
    example: '+4520123457',
    nullable: true,
  })
  phone: string | null;

  @BoolField({ description: 'Whether he is offered for new lessons.', example: true })
  active: boolean;
}
