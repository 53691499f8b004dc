/** One message to the application, as it was or would be sent. */
export interface WebhookPost {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

// As patient as the most patient vendor: what a busy machine answers late was answered.
const ANSWER_WITHIN_MS = 30_000;

/** The application's HTTP status, or what went wrong on the way. A redirect is not followed. */
export async function postWebhook(url: string, { body, headers }: WebhookPost): Promise<number | string> {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    return whyOf(error);
  }
}

/** `fetch` hides the reason, such as ECONNREFUSED, in the cause. */
function whyOf(error: unknown): string {
  const { cause } = error as { cause?: Error & { code?: string } };
  return cause ? [cause.code, cause.message].filter(Boolean).join(': ') : String(error);
}
