import { only } from './api.mjs';
import { bookAt } from './lessons.mjs';
import { untilPaid, visa } from './money.mjs';
import { eventually } from './outside-world.mjs';
import { checkEqual, Mismatch, tell } from './script.mjs';

const day = 24 * 3_600_000;
const kroner = (amount) => ({ amount: amount * 100, currency: 'DKK' });
const quietly = { show: false };

/** Chapter 9: a package at a price of its own is sold, used by a lesson, and paid on the pay page without signing in. */
export async function sellAPackage(stage) {
  const { owner, school, emil, run } = stage;
  stage.product = await productOf(stage);
  const parts = [{ productId: stage.product.id, quantity: 2 }];
  const offer = { name: `Lovpakke ${run}`, price: kroner(1_200), validMonths: 12, parts };
  stage.package = await owner.post(`${school}/packages`, offer, { show: only('name', 'price', 'validMonths') });
  const sold = await owner.post(
    `${school}/students/${emil.id}/packages`,
    { packageId: stage.package.id },
    { show: only('name', 'price', 'parts') },
  );
  const { price } = await bookAt(stage, emil, Date.now() + 5 * day);
  checkEqual('the lesson takes its price from the list', price, kroner(650));
  await usedIs(stage, sold.id, 1);

  const invoice = await owner.post(
    `${school}/invoices`,
    { studentId: emil.id },
    { show: only('number', 'gross', 'vat') },
  );
  const lines = invoice.lines.filter(({ description }) => description.startsWith(offer.name));
  const total = lines.reduce((sum, { gross }) => sum + gross.amount, 0);
  checkEqual('its lines add up to the price of the package', total, offer.price.amount);
  await payOnPage(stage, invoice);
  await showBooks(stage, { invoice, sold });
}

/** What stands on the price list is taken off it. */
export async function closePackage({ owner, school, product, package: sold }) {
  if (sold) await owner.post(`${school}/packages/${sold.id}/archive`, {}, quietly);
  if (product) await owner.patch(`${school}/products/${product.id}`, { archived: true }, quietly);
}

async function productOf({ owner, school, run, settings, lessonType }) {
  const details = { code: `TUR-${run}`, name: `Kørelektion (tour ${run})`, lessonTypeId: lessonType.id };
  const product = await owner.post(`${school}/products`, details, { show: only('code', 'name') });
  const price = { validFrom: today(settings), gross: kroner(650), vatRateBp: 2_500 };
  await owner.post(`${school}/products/${product.id}/prices`, price, { show: only('name', 'price') });
  return product;
}

async function usedIs({ owner, school }, soldId, used) {
  const { parts } = await owner.get(`${school}/sold-packages/${soldId}`, { show: only('name', 'parts') });
  checkEqual('the package says what is used and what is left', [parts[0].used, parts[0].left], [used, 2 - used]);
}

async function payOnPage({ anybody, owner, school, world, emil }, { id, number }) {
  const like = new RegExp(`Faktura ${number}\\b[\\s\\S]*/pay/`);
  const mail = await world.message(emil.email, { kind: 'email', like });
  const link = new URL(/https?:\S+\/pay\/[\w-]+/.exec(mail.text)[0]).pathname;
  tell('Emil opens the link in the e-mail, presses the one button of the page and pays with Visa.');
  const checkout = await anybody.press(link);
  await world.pay(checkout, visa);
  await untilPaid(owner, `${school}/invoices/${id}`);
}

/** What the school and the student see of it. */
async function showBooks({ owner, school, settings, emil, product }, { invoice, sold }) {
  const { items } = await emil.caller.get(`${school}/students/${emil.id}/statement`, {
    show: ({ items: entries }) => entries.map(({ kind, amount, balance }) => [kind, amount.amount, balance.amount]),
  });
  const { kind, amount } = items.at(-1);
  checkEqual('his statement ends with the payment', [kind, amount.amount], ['payment', -invoice.gross.amount]);

  tell('One lesson is handed over without a booking, and so it is earned.');
  await owner.post(`${school}/sold-packages/${sold.id}/hand-over`, { productId: product.id }, { show: only('parts') });
  const period = `from=${today(settings)}&until=${today(settings)}`;
  const earned = await eventually(90, async () => {
    const { rows } = await owner.get(`${school}/reports/revenue?${period}&by=product`, quietly);
    return rows.find(({ productId }) => productId === product.id);
  });
  if (!earned) throw new Mismatch('what was handed over was not earned within 90 s');
  checkEqual('half of the package, without VAT, is revenue of the product', earned.amount, kroner(480));
}

function today({ zone }) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date());
}
