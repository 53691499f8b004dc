import { Injectable, Logger } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import type { Id } from '../../../platform/values/id.js';
import { type LogoSize, SchoolLogos } from '../../schools/index.js';
import type { Attachment } from '../ports/email-sender.js';
import type { ShownLogo } from '../templates/email-layout.js';

/** A larger one would be sent with every mail and make mailboxes cut the mail off; it stays on papers and pages alone. */
export const largestMailLogo = 256 * 1024;

const mostKept = 40;
const mostPixels = { width: 200, height: 60 };

/** A school's logo as an e-mail carries it, and as its HTML names it. */
export interface MailLogo {
  readonly picture: Attachment;
  readonly shown: ShownLogo;
}

/** The current school's logo for its e-mails. The last ones read are kept: another upload is another file. */
@Injectable()
export class MailLogos {
  private readonly logger = new Logger(MailLogos.name);
  private readonly kept = new Map<Id, Attachment | null>();

  constructor(private readonly logos: SchoolLogos) {}

  /** Null when there is none, when it is too large, and when the store does not give it now: the news goes without it. */
  async current(): Promise<MailLogo | null> {
    const logo = await this.logos.currentSize();
    const picture = logo && (await this.picture(logo.fileId));
    return picture && { picture, shown: { src: `cid:${picture.filename}`, ...fitted(logo) } };
  }

  private async picture(fileId: Id): Promise<Attachment | null> {
    const known = this.kept.get(fileId);
    if (known !== undefined) return known;
    try {
      const picture = await this.read(fileId);
      if (this.kept.size >= mostKept) this.kept.delete(this.kept.keys().next().value!);
      this.kept.set(fileId, picture);
      return picture;
    } catch (err) {
      this.logger.warn({ err, fileId }, 'a logo could not be read, and is left out');
      return null;
    }
  }

  private async read(fileId: Id): Promise<Attachment | null> {
    const { content, mediaType: contentType, bytes } = await this.logos.open(fileId);
    if (bytes > largestMailLogo) {
      content.destroy();
      return null;
    }
    const filename = contentType === 'image/png' ? 'logo.png' : 'logo.jpg';
    return { filename, contentType, content: await buffer(content), inline: true };
  }
}

/** The same for where no mail carries it: the picture stands in the page itself. */
export function asDataUrl({ picture, shown }: MailLogo): ShownLogo {
  return { ...shown, src: `data:${picture.contentType};base64,${picture.content.toString('base64')}` };
}

function fitted({ width, height }: LogoSize): LogoSize {
  const scale = Math.min(1, mostPixels.width / width, mostPixels.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
