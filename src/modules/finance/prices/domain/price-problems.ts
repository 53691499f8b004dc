import { Conflict, NotFound, Unprocessable } from '../../../../platform/http/problem.js';

export class ProductNotFound extends NotFound {
  constructor() {
    super('product.not_found', {
      en: 'There is no such product. List the products to see which there are.',
      da: 'Produktet findes ikke. Hent listen over produkter for at se, hvilke der er.',
    });
  }
}

export class ProductCodeTaken extends Conflict {
  constructor() {
    super(
      'product.code_taken',
      {
        en: 'Another product has this code. Choose another one, or change that product.',
        da: 'Et andet produkt har denne kode. Vælg en anden, eller ret det produkt.',
      },
      { field: 'code' },
    );
  }
}

export class LessonTypeSoldAlready extends Conflict {
  constructor() {
    super(
      'product.lesson_type_taken',
      {
        en: 'Another product is what these lessons are sold as. Change its prices instead.',
        da: 'Et andet produkt er det, disse lektioner sælges som. Ret dets priser i stedet.',
      },
      { field: 'lessonTypeId' },
    );
  }
}

export class ProductArchived extends Conflict {
  constructor() {
    super('product.archived', {
      en: 'The product is no longer sold. Take it out of the archive first, or choose another one.',
      da: 'Produktet sælges ikke længere. Tag det ud af arkivet først, eller vælg et andet.',
    });
  }
}

export class AgreedPriceNotFound extends NotFound {
  constructor() {
    super('agreed_price.not_found', {
      en: 'There is no such agreed price. List the student’s agreed prices to see which there are.',
      da: 'Den aftalte pris findes ikke. Hent elevens aftalte priser for at se, hvilke der er.',
    });
  }
}

export class AgreedPriceOverlaps extends Conflict {
  constructor() {
    super('agreed_price.overlaps', {
      en: 'A price is agreed with this student for some of these days already. Remove it first, or choose other days.',
      da: 'Der er allerede aftalt en pris med eleven for nogle af dagene. Fjern den først, eller vælg andre dage.',
    });
  }
}

export class EndsBeforeItBegins extends Unprocessable {
  constructor() {
    super(
      'dates.end_before_begin',
      {
        en: 'The last day is before the first one. Turn them round.',
        da: 'Den sidste dag er før den første. Byt om på dem.',
      },
      { field: 'validUntil' },
    );
  }
}
