import { Conflict, NotFound, Unprocessable } from '../../../../platform/http/problem.js';

/** 404 `lead.not_found`. */
export class LeadNotFound extends NotFound {
  constructor() {
    super('lead.not_found', {
      en: 'There is no such lead. List the leads to see which there are.',
      da: 'Henvendelsen findes ikke. Hent listen over henvendelser for at se, hvilke der er.',
    });
  }
}

/** 409 `lead.closed`: converted or rejected already. */
export class LeadClosed extends Conflict {
  constructor() {
    super('lead.closed', {
      en: 'The lead has been closed already, perhaps by a colleague just now. Read it again.',
      da: 'Henvendelsen er allerede afsluttet, måske af en kollega lige nu. Hent den igen.',
    });
  }
}

/** 409 `lead.id_reused`: the partner has sent another one with that id. */
export class LeadIdReused extends Conflict {
  constructor() {
    super(
      'lead.id_reused',
      {
        en: 'Another lead was received with this id. Send each with an id of its own, and a repeat unchanged.',
        da: 'En anden henvendelse er modtaget med dette id. Send hver med sit eget id, og en gentagelse uændret.',
      },
      { field: 'id' },
    );
  }
}

/** 404 `lead.school_not_listed`: the school did not choose this partner, or does not exist. */
export class SchoolNotListed extends NotFound {
  constructor() {
    super(
      'lead.school_not_listed',
      {
        en: 'No such school is listed with you. Read the changes since your last cursor.',
        da: 'Ingen sådan skole er opført hos jer. Hent ændringerne siden jeres seneste cursor.',
      },
      { field: 'schoolId' },
    );
  }
}

/** 422 `lead.unknown_branch`: none of those that the school shows. */
export class UnknownBranch extends Unprocessable {
  constructor(field = 'branchId') {
    super(
      'lead.unknown_branch',
      { en: 'must be a branch of the school', da: 'skal være en af skolens afdelinger' },
      { field },
    );
  }
}

/** 422 `lead.unreachable`: neither an address nor a number. */
export class LeadUnreachable extends Unprocessable {
  constructor() {
    super(
      'lead.unreachable',
      { en: 'must be given when there is no phone number', da: 'skal angives, når der ikke er et telefonnummer' },
      { field: 'email' },
    );
  }
}

/** 422 `lead.consent_in_the_future`: further ahead than clocks differ. */
export class ConsentInTheFuture extends Unprocessable {
  constructor() {
    super(
      'lead.consent_in_the_future',
      { en: 'must not lie ahead; check your clock', da: 'må ikke ligge fremme i tiden; se jeres ur efter' },
      { field: 'consent.givenAt' },
    );
  }
}

/** 422 `lead.unknown_assignee`: nobody who works for the school. */
export class UnknownAssignee extends Unprocessable {
  constructor() {
    super(
      'lead.unknown_assignee',
      { en: 'must be somebody who works for the school', da: 'skal være en, der arbejder for skolen' },
      { field: 'userId' },
    );
  }
}

/** 422 `lead.details_missing`: a student has an address and a category. */
export class LeadDetailsMissing extends Unprocessable {
  constructor(field: 'email' | 'licenceClass') {
    super(
      'lead.details_missing',
      {
        en: 'must be given, because the lead does not say it',
        da: 'skal angives, fordi henvendelsen ikke siger det',
      },
      { field },
    );
  }
}
