import { AnnouncementComposer } from './announcement-composer.js';
import { RunAnnouncements } from './jobs/run-announcements.js';
import { AnnouncementPrivacy } from './privacy/announcement-privacy.js';
import { AnnouncementAudit } from './queries/announcement-audit.js';
import { PreviewAnnouncement } from './queries/announcement-preview.js';
import { AnnouncementReader } from './queries/announcement-reader.js';
import { AudienceReader } from './queries/audience-reader.js';
import { SmsPrice } from './queries/sms-price.js';
import { CancelAnnouncement } from './use-cases/cancel-announcement.js';
import { ConfirmAnnouncement } from './use-cases/confirm-announcement.js';
import { DraftAnnouncement } from './use-cases/draft-announcement.js';
import { QueueAnnouncement } from './use-cases/queue-announcement.js';

/** Within the module of notifications, for its composer tells what announcements say, and they queue messages. */
export const announcementProviders = [
  AnnouncementAudit,
  AnnouncementComposer,
  AnnouncementPrivacy,
  AnnouncementReader,
  AudienceReader,
  CancelAnnouncement,
  ConfirmAnnouncement,
  DraftAnnouncement,
  PreviewAnnouncement,
  QueueAnnouncement,
  RunAnnouncements,
  SmsPrice,
];
