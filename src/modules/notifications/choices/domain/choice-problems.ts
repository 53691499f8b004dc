import { Unprocessable } from '../../../../platform/http/problem.js';

/** 422 `message_preference.no_channel_left` */
export class NoChannelLeft extends Unprocessable {
  constructor(topic: string, keep: 'one_channel' | 'email') {
    super(
      'message_preference.no_channel_left',
      keep === 'email'
        ? {
            en: `Invoices and receipts go by e-mail: leave e-mail on for “${topic}”.`,
            da: `Fakturaer og kvitteringer sendes på e-mail: lad e-mail være slået til for “${topic}”.`,
          }
        : {
            en: `Somebody who hears nothing about “${topic}” would come in vain: leave e-mail or SMS on.`,
            da: `Den, der intet hører om “${topic}”, ville møde op forgæves: lad e-mail eller sms være slået til.`,
          },
      { field: 'topics' },
    );
  }
}

/** 422 `message_preference.topic_twice` */
export class TopicTwice extends Unprocessable {
  constructor(topic: string) {
    super(
      'message_preference.topic_twice',
      { en: `names “${topic}” twice: name each topic once`, da: `nævner “${topic}” to gange: nævn hvert emne én gang` },
      { field: 'topics' },
    );
  }
}

/** 422 `consent.wording_unknown`: the person cannot have agreed to words that were never shown. */
export class WordingUnknown extends Unprocessable {
  constructor() {
    super(
      'consent.wording_unknown',
      {
        en: 'is none of our wordings: take the `wording` that the message preferences show, together with its text',
        da: 'er ikke en af vores ordlyde: brug den `wording`, som beskedvalgene viser sammen med teksten',
      },
      { field: 'wording' },
    );
  }
}

/** 422 `consent.source_not_yours`: a proof of consent says where it was really given. */
export class SourceNotYours extends Unprocessable {
  constructor(isStaff: boolean) {
    super(
      'consent.source_not_yours',
      isStaff
        ? {
            en: 'app is for whoever decides himself: write down a form or a paper of his',
            da: 'app er for den, der selv bestemmer: skriv en formular eller et papir fra ham ned',
          }
        : {
            en: 'a paper is with the office, which writes it down: decide in the app',
            da: 'et papir ligger hos kontoret, som skriver det ned: bestem i appen',
          },
      { field: 'source' },
    );
  }
}
