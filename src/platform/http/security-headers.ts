const api = "default-src 'none'; frame-ancestors 'none'";
const pages =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
  "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

const pagePaths = ['/docs', '/ops', '/account', '/pay'];

/** Headers that keep browsers from doing what no page of ours asks for. Only pages may load anything at all. */
export function securityHeaders(url: string): Record<string, string> {
  const path = url.split('?')[0] ?? '/';
  const isPage = path === '/' || pagePaths.some((each) => path === each || path.startsWith(`${each}/`));
  return {
    'content-security-policy': isPage ? pages : api,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Not no-referrer: with it a browser names no origin when it posts our own login form.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(isPage ? {} : { 'cache-control': 'no-store' }),
  };
}
