import {
  BoolField,
  EmailField,
  EnumField,
  EnumListField,
  IdField,
  InstantField,
  PhoneField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { type OfficeRole, officeRoles } from '../domain/member-policy.js';
import { type SchoolRole, schoolRoles } from '../domain/membership.js';
import { type Locale, locales } from '../domain/user.js';
import { memberList } from '../queries/member-reader.js';

export class InviteMemberDto {
  @EmailField({ description: 'Where the invitation goes; also the login.', example: 'line@nordhavn.example' })
  email: string;

  @TextField({ description: 'Full name. Somebody who is known already keeps his own.', example: 'Line Dahl' })
  name: string;

  @PhoneField({ description: 'Mobile number.', example: '+4520123459', optional: true, nullable: true })
  phone?: string | null;

  @EnumField(officeRoles, { description: 'Only an owner makes owners.', example: 'office' })
  role: OfficeRole;

  @EnumField(locales, { description: 'Language of messages.', example: 'da', optional: true })
  locale?: Locale;
}

export class SetMemberRolesDto {
  @EnumListField(officeRoles, {
    description: 'The office roles the member has from now on; empty for a teacher who shall have none.',
    example: ['office'],
  })
  roles: OfficeRole[];
}

export class MemberListQuery extends ListQuery(memberList) {
  @EnumField(schoolRoles, { description: 'Only those with this role.', example: 'office', optional: true })
  role?: SchoolRole;
}

export class MemberDto {
  @IdField({ description: 'Id of the person.' })
  userId: Id;

  @TextField({
    description: 'Full name; of somebody who belongs to another school, too, the address: his name is his own to tell.',
    example: 'Line Dahl',
    max: 254,
  })
  name: string;

  @EmailField({ description: 'The login.', example: 'line@nordhavn.example' })
  email: string;

  @EnumListField(schoolRoles, { description: 'What the person is in this school.', example: ['office'] })
  roles: SchoolRole[];

  @BoolField({ description: 'Has accepted an invitation and can sign in.', example: true })
  hasJoined: boolean;

  @BoolField({ description: 'Signs in with a second factor.', example: false })
  hasSecondFactor: boolean;

  @InstantField({
    description: 'Until when the school’s invitation can be accepted; null when none is open.',
    example: '2026-12-15T09:00:00Z',
    nullable: true,
  })
  invitedUntil: Date | null;
}
