import { Conflict, Forbidden, NotFound, Unprocessable } from '../../../platform/http/problem.js';
import type { SchoolRole } from './membership.js';

/** 404 `member.not_found`: nobody of that id has a role in the school. */
export class MemberNotFound extends NotFound {
  constructor() {
    super('member.not_found', {
      en: 'Nobody of that id belongs to the school. List its members to see who does.',
      da: 'Ingen med det id hører til skolen. Hent listen over medlemmer for at se, hvem der gør.',
    });
  }
}

/** 403 `member.owners_business`: somebody of the office would change who owns the school. */
export class OwnersBusiness extends Forbidden {
  constructor() {
    super('member.owners_business', {
      en: 'Only an owner may make, change or remove an owner. Ask one.',
      da: 'Kun en ejer kan udnævne, ændre eller fjerne en ejer. Spørg en af dem.',
    });
  }
}

/** 409 `member.last_owner`: the school would have no owner left. */
export class LastOwner extends Conflict {
  constructor() {
    super('member.last_owner', {
      en: 'The school needs an owner. Make somebody else an owner first.',
      da: 'Skolen skal have en ejer. Gør først en anden til ejer.',
    });
  }
}

/** 409 `member.has_record`: a teacher, student or guardian goes by way of his record. */
export class MemberHasRecord extends Conflict {
  constructor(roles: readonly SchoolRole[] = ['teacher']) {
    super(
      'member.has_record',
      {
        en: 'This person is a teacher, student or guardian of the school. Deactivate the teacher, end the enrolment or remove the guardian instead; office roles can be taken away by themselves.',
        da: 'Personen er lærer, elev eller værge på skolen. Deaktivér læreren, afslut elevforløbet eller fjern værgen i stedet; kontorroller kan fjernes for sig.',
      },
      { extra: { roles } },
    );
  }
}

/** 422 `member.needs_role`: without any role he would be no member. */
export class MemberNeedsRole extends Unprocessable {
  constructor() {
    super(
      'member.needs_role',
      {
        en: 'Leave at least one role, or remove the member.',
        da: 'Lad mindst én rolle stå, eller fjern medlemmet.',
      },
      { field: 'roles' },
    );
  }
}

/** 409 `member.has_joined`: there is no invitation to send or to withdraw. */
export class MemberHasJoined extends Conflict {
  constructor() {
    super('member.has_joined', {
      en: 'This person has a password already. He can sign in, or ask for a new password on the sign-in page.',
      da: 'Personen har allerede en adgangskode. Han kan logge ind eller bede om en ny adgangskode på login-siden.',
    });
  }
}
