import { Injectable } from '@nestjs/common';
import type { Language } from '../../../../platform/http/language.js';
import { localDate } from '../../../../platform/values/zone.js';
import { Packages, PriceList } from '../../../finance/index.js';
import { Scheduling } from '../../../schools/index.js';
import type { OfferView } from './offer-reader.js';

const partOfPackage = { da: 'del af din pakke', en: 'part of your package' } as const;

/** What an offered lesson will cost its student, as booking it will find it: by his package, the price list, or its type. */
@Injectable()
export class OfferPrices {
  constructor(
    private readonly scheduling: Scheduling,
    private readonly priceList: PriceList,
    private readonly packages: Packages,
  ) {}

  /** Of times on days with other prices, each price once. */
  async of({ student, lessonType, choices }: OfferView, zone: string, language: Language): Promise<string> {
    const packagedUntil = await this.packages.coverUntil(student.id, lessonType.id);
    const listed = await this.priceList.ofLessons(lessonType.id, student.id);
    const { price } = await this.scheduling.lessonType(lessonType.id);
    const texts = choices.map(({ startsAt }) => {
      const day = localDate(startsAt, zone);
      if (packagedUntil !== null && day <= packagedUntil) return partOfPackage[language];
      return (listed?.on(day)?.gross ?? price).format(language);
    });
    return [...new Set(texts)].join(' / ');
  }
}
