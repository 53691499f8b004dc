const api = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const pages =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
  "object-src 'none'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

// What a cookie opens, or a link in the mail: whoever sits down at the same browser later shall not find it by going back.
const privatePage = /^\/(?:ops|account|accounting|pay|offers|unsubscribe)(?:[/?]|$)/;
const page = /^\/(?:(?:docs|problems)(?:[/?]|$)|\?|$)/;

const everywhere = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  // Not no-referrer: with it a browser names no origin when it posts our own login form.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
};

const ofPages = { ...everywhere, 'content-security-policy': pages };
const ofPrivatePages = { ...ofPages, 'cache-control': 'no-store' };
const ofApi = { ...everywhere, 'content-security-policy': api, 'cache-control': 'no-store' };

/** Headers that keep browsers from doing what no page of ours asks for. Only pages may load anything at all. */
export function securityHeaders(url: string): Readonly<Record<string, string>> {
  if (privatePage.test(url)) return ofPrivatePages;
  return page.test(url) ? ofPages : ofApi;
}

/** Tells browsers to come by TLS alone from now on, where we are reached by it; the domain's other hosts are not ours to bind. */
export function transportSecurity(publicUrl: string): Readonly<Record<string, string>> {
  return publicUrl.startsWith('https://') ? { 'strict-transport-security': 'max-age=31536000' } : {};
}
