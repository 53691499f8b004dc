import { Injectable } from '@nestjs/common';
import { type DocumentKind, ExpiringDocuments } from '../../students/index.js';
import type { Message } from '../domain/message.js';
import { templates } from '../templates/templates.js';
import type { Locale, Wording } from '../templates/wording.js';
import { content, Overtaken, type Composer, type Content } from './composition.js';

const names: Record<DocumentKind, Record<Locale, string>> = {
  medical_form: { da: 'din lægeerklæring', en: 'your medical certificate' },
  first_aid_proof: { da: 'dit førstehjælpsbevis', en: 'your first-aid certificate' },
  passport_photo: { da: 'dit pasfoto', en: 'your passport photo' },
  contract: { da: 'din kontrakt', en: 'your contract' },
  other: { da: 'dit dokument', en: 'your document' },
};

/** A paper that expires, unless a newer one is there or the student took it away. */
@Injectable()
export class DocumentComposer implements Composer {
  constructor(private readonly documents: ExpiringDocuments) {}

  async compose({ subjectId, params }: Message, words: Wording): Promise<Content | Overtaken> {
    const found = await this.documents.get(subjectId);
    if (!found || found.expiresOn !== params['expiresOn']) return new Overtaken('the document is gone');
    if (found.isReplaced) return new Overtaken('a newer document is there');
    const document = { name: words.either(names[found.kind]), expires: words.date(found.expiresOn) };
    return content(templates.document_expiring, { document });
  }
}
