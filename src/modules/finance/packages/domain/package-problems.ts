import { Conflict, NotFound, Unprocessable } from '../../../../platform/http/problem.js';

export class PackageNotFound extends NotFound {
  constructor() {
    super('package.not_found', {
      en: 'There is no such package. List the packages to see which there are.',
      da: 'Pakken findes ikke. Hent listen over pakker for at se, hvilke der er.',
    });
  }
}

export class SoldPackageNotFound extends NotFound {
  constructor() {
    super('sold_package.not_found', {
      en: 'There is no such package of a student. List the sold packages to see which there are.',
      da: 'Eleven har ingen sådan pakke. Hent listen over solgte pakker for at se, hvilke der er.',
    });
  }
}

export class PackageArchived extends Conflict {
  constructor() {
    super('package.archived', {
      en: 'The package is no longer sold. Choose its newest version, or another package.',
      da: 'Pakken sælges ikke længere. Vælg den nyeste version, eller en anden pakke.',
    });
  }
}

export class PackageReplaced extends Conflict {
  constructor() {
    super('package.replaced', {
      en: 'A later version of this package exists. Make the next one of that.',
      da: 'Der findes en nyere version af pakken. Lav den næste ud fra den.',
    });
  }
}

export class PartTwice extends Unprocessable {
  constructor() {
    super(
      'package.part_twice',
      {
        en: 'Each product stands in a package once. Say how many of it by quantity.',
        da: 'Hvert produkt står én gang i en pakke. Angiv antallet med quantity.',
      },
      { field: 'parts' },
    );
  }
}

export class PackageTooLarge extends Unprocessable {
  constructor(most: number) {
    super(
      'package.too_large',
      {
        en: `A package holds at most ${most} things in all. Make two of it.`,
        da: `En pakke rummer højst ${most} ting i alt. Lav to ud af den.`,
      },
      { field: 'parts' },
    );
  }
}

export class PartWithoutPrice extends Conflict {
  constructor() {
    super('package.part_without_price', {
      en: 'A product of the package has no price today. Set it on the price list first.',
      da: 'Et produkt i pakken har ingen pris i dag. Sæt den i prislisten først.',
    });
  }
}

export class PackageEnded extends Conflict {
  constructor() {
    super('sold_package.ended', {
      en: 'The package has been given back. Read it to see when.',
      da: 'Pakken er givet tilbage. Læs den for at se hvornår.',
    });
  }
}

export class LessonsAhead extends Conflict {
  constructor(lessons: number) {
    super(
      'sold_package.lessons_ahead',
      {
        en: 'Lessons ahead use this package. Cancel them first, so that it is known what has been used.',
        da: 'Kommende lektioner bruger pakken. Aflys dem først, så det står fast, hvad der er brugt.',
      },
      { extra: { lessons } },
    );
  }
}

export class SetOffChanged extends Conflict {
  constructor() {
    super('sold_package.set_off_changed', {
      en: 'More or less has been used since the preview. Look at the preview again.',
      da: 'Der er brugt mere eller mindre siden forhåndsvisningen. Se den igen.',
    });
  }
}

export class NothingLeftOfIt extends Conflict {
  constructor() {
    super('sold_package.nothing_left', {
      en: 'Nothing of this product is left in the package. Read the package to see what is.',
      da: 'Der er intet tilbage af produktet i pakken. Læs pakken for at se, hvad der er.',
    });
  }
}

export class PackageExpired extends Conflict {
  constructor() {
    super('sold_package.expired', {
      en: 'The package’s last day has passed. Sell what is needed by itself.',
      da: 'Pakkens sidste dag er passeret. Sælg det nødvendige for sig.',
    });
  }
}

export class TransferToHimself extends Unprocessable {
  constructor() {
    super(
      'sold_package.same_student',
      {
        en: 'The package is this student’s already. Name another one.',
        da: 'Pakken er allerede elevens. Angiv en anden.',
      },
      { field: 'studentId' },
    );
  }
}

export class PackageTooCheap extends Conflict {
  constructor() {
    super('package.too_cheap', {
      en: 'The price leaves nothing for a part of the package. Raise it, or leave that part out.',
      da: 'Prisen efterlader intet til en del af pakken. Hæv den, eller lad den del ude.',
    });
  }
}
