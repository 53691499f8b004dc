import { BoundedMap } from './bounded-map.js';
import { postWebhook, type WebhookPost } from './post-webhook.js';

/** What a vendor tells the application, once: no faults strike it, and unlike at the vendor nobody tries again. */
export class WebhookPosts {
  /** Keeps what there is to tell in the log alone. */
  isHeld = false;
  private readonly told = new BoundedMap<number, WebhookPost>();
  private count = 0;

  constructor(private url: string | null = null) {}

  /** All there was to tell, oldest first, for sending it again in another order. */
  get log(): readonly WebhookPost[] {
    return [...this.told.values()];
  }

  sendTo(url: string): void {
    this.url = url;
  }

  async tell(post: WebhookPost): Promise<void> {
    this.told.set(++this.count, post);
    if (!this.isHeld) await this.post(post);
  }

  /** The application's HTTP status, or why there is none; null while nobody is to be told. */
  async post(post: WebhookPost): Promise<number | string | null> {
    return this.url === null ? null : postWebhook(this.url, post);
  }

  clear(): void {
    this.told.clear();
    this.isHeld = false;
  }
}
