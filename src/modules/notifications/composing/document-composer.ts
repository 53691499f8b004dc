import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/values/clock.js';
import { addDays, localDate } from '../../../platform/values/zone.js';
import { Scheduling } from '../../schools/index.js';
import { type DocumentKind, ExpiringDocuments } from '../../students/index.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import { templates } from '../templates/templates.js';
import type { Locale, Wording } from '../templates/wording.js';
import { expiryWarningDays } from '../use-cases/queue-document-messages.js';
import { content, Overtaken, platformSender, type Composer, type Content } from './composition.js';

const names: Record<DocumentKind, Record<Locale, string>> = {
  medical_form: { da: 'din lægeerklæring', en: 'your medical certificate' },
  first_aid_proof: { da: 'dit førstehjælpsbevis', en: 'your first-aid certificate' },
  passport_photo: { da: 'dit pasfoto', en: 'your passport photo' },
  contract: { da: 'din kontrakt', en: 'your contract' },
  other: { da: 'dit dokument', en: 'your document' },
};

const plurals: Record<DocumentKind, Record<Locale, string>> = {
  medical_form: { da: 'Lægeerklæringer', en: 'Medical certificates' },
  first_aid_proof: { da: 'Førstehjælpsbeviser', en: 'First-aid certificates' },
  passport_photo: { da: 'Pasfotos', en: 'Passport photos' },
  contract: { da: 'Kontrakter', en: 'Contracts' },
  other: { da: 'Andre dokumenter', en: 'Other documents' },
};

/** A paper that expires, unless a newer one is there or the student took it away. */
@Injectable()
export class DocumentComposer implements Composer {
  constructor(
    private readonly documents: ExpiringDocuments,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  compose(message: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    return message.kind === 'school_documents_expiring' ? this.all(words) : this.one(message, words);
  }

  private async one({ subjectId, params }: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const found = await this.documents.get(subjectId);
    if (!found || found.expiresOn !== params['expiresOn']) return new Overtaken('the document is gone');
    if (found.isReplaced) return new Overtaken('a newer document is there');
    const document = { name: words.either(names[found.kind]), expires: words.date(found.expiresOn) };
    return content(templates.document_expiring, { document });
  }

  private async all(words: Wording): Promise<Content | Overtaken> {
    const { zone } = await this.scheduling.school();
    const from = localDate(this.clock.now(), zone);
    const until = addDays(from, expiryWarningDays);
    const counts = await this.documents.countsIn({ from, until });
    if (counts.length === 0) return new Overtaken('no paper expires soon any more');
    const documents = {
      count: counts.reduce((sum, { number }) => sum + number, 0),
      until: words.date(until),
      lines: counts.map(({ kind, number }) => `${words.either(plurals[kind])}: ${number}`).join('\n'),
    };
    return { ...content(templates.school_documents_expiring, { documents }), sender: platformSender };
  }
}
