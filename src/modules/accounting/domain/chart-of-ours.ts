import type { PlanAccount } from '../../finance/index.js';
import type { BooksAccount, BooksTaxCode } from '../ports/accounting-client.js';

/** Words that Danish and English charts call an account by, for the ones that every chart has. */
const words: Readonly<Record<string, RegExp>> = {
  '1000': /^(bank|bankkonto|business bank account|driftskonto)/i,
  '1010': /^(kasse|kassebeholdning|cash|petty cash)/i,
  '1100': /^(debitorer|tilgodehavender fra salg|accounts receivable|trade debtors)/i,
  '1200': /(betalingsformidler|kortindløs|clearing|undeposited)/i,
  '2200': /(forudbetal|forudfakture|deferred|unearned|income in advance)/i,
  '3000': /^(salg af varer.*m.*moms|salg.*med moms|salg af (varer|ydelser)|omsætning|sales|revenue)/i,
  '3010': /(salg.*(uden|u\.?) ?moms|momsfri|exempt)/i,
  '3500': /(rykkergebyr|late fee|reminder fee)/i,
  '4100': /(gebyr|bank fees|merchant fees)/i,
  '4200': /(tab på debitorer|bad debt)/i,
  '4300': /(kassediff|cash over|rounding)/i,
  '7200': /^(salgsmoms|udgående moms|output vat|sales tax)/i,
};

const kinds: Readonly<Record<PlanAccount['kind'], readonly BooksAccount['kind'][]>> = {
  asset: ['asset', 'bank'],
  liability: ['liability', 'equity'],
  revenue: ['revenue'],
  expense: ['expense'],
};

/** The account of their chart that ours is likeliest to be; null where none is. */
export function likelyAccount(ours: PlanAccount, chart: readonly BooksAccount[]): string | null {
  const like = chart.filter(({ kind }) => kinds[ours.kind].includes(kind));
  const found =
    like.find(({ code, name }) => code === ours.code && words[ours.code]?.test(name)) ??
    like.find(({ name }) => name.toLowerCase() === ours.name.toLowerCase()) ??
    like.find(({ name }) => words[ours.code]?.test(name)) ??
    (ours.code === '1000' ? like.find(({ kind }) => kind === 'bank') : undefined);
  return found?.code ?? null;
}

const ofPurchases = /køb|indg|purchase|input|expense|import/i;

/** The code of theirs for sales at that rate (basis points); null where none is. */
export function likelyTaxCode(rateBp: number, codes: readonly BooksTaxCode[]): string | null {
  const like = codes.filter((each) => each.rateBp === rateBp && !ofPurchases.test(each.name));
  const best = like.find(({ name }) => /salg|udg|sales|output|income/i.test(name));
  return (best ?? like[0])?.code ?? null;
}
