import { channels } from '../../domain/message-kinds.js';
import type { AnnouncementText } from '../domain/announcement-content.js';
import type { AnnouncementDraft } from '../domain/announcement.js';
import type { AnnouncementTextDto, DraftAnnouncementDto } from './announcement.dto.js';

/** What somebody wrote, as it is kept. */
export function draftOf({ purpose, channels: asked, da, en, audience }: DraftAnnouncementDto): AnnouncementDraft {
  const { enrolledFrom, enrolledBefore, ...rest } = audience ?? { status: 'active' as const };
  return {
    purpose,
    content: { channels: channels.filter((each) => asked.includes(each)), da: textOf(da), en: textOf(en) },
    audience: {
      ...rest,
      ...(enrolledFrom && { enrolledFrom: enrolledFrom.toISOString() }),
      ...(enrolledBefore && { enrolledBefore: enrolledBefore.toISOString() }),
    },
  };
}

function textOf(text: AnnouncementTextDto | null | undefined): AnnouncementText | null {
  return text ? { subject: text.subject ?? null, text: text.text ?? null, sms: text.sms ?? null } : null;
}
