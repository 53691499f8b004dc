import { BoundedMap } from '../http/bounded-map.js';
import { newToken } from './paypal-token.js';
import { PaypalProblem } from './paypal-problem.js';

export interface Amount {
  currency_code: string;
  value: string;
}

export interface Capture {
  id: string;
  status: 'COMPLETED' | 'PARTIALLY_REFUNDED' | 'REFUNDED';
  amount: Amount;
  custom_id?: string;
  invoice_id?: string;
  final_capture: true;
  create_time: string;
}

export interface Refund {
  id: string;
  status: 'COMPLETED';
  amount: Amount;
  custom_id?: string;
  create_time: string;
}

interface Unit {
  amount: Amount;
  description?: string;
  custom_id?: string;
  invoice_id?: string;
}

export interface NewOrder {
  intent: 'CAPTURE' | 'AUTHORIZE';
  purchase_units: [Unit];
  application_context: { return_url: string; cancel_url: string };
}

export interface PaypalOrder {
  readonly id: string;
  readonly unit: Unit;
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly createTime: string;
  intent: 'CAPTURE' | 'AUTHORIZE';
  status: 'CREATED' | 'APPROVED' | 'COMPLETED';
  /** The customer's card is refused when the money is taken. */
  declines: boolean;
  captures: Capture[];
  refunds: Refund[];
}

export interface Told {
  event_type: string;
  resource_type: 'checkout-order' | 'capture' | 'refund' | 'dispute';
  resource: object;
}

/** The orders of one merchant. */
export class PaypalOrders {
  readonly all = new BoundedMap<string, PaypalOrder>();
  private untold: Told[] = [];

  constructor(private readonly approvalUrl: (orderId: string) => string) {}

  create({ intent, purchase_units: [unit], application_context: context }: NewOrder): object {
    if (cents(unit.amount) < 1) throw new PaypalProblem(422, 'CANNOT_BE_ZERO_OR_NEGATIVE');
    const { return_url: returnUrl, cancel_url: cancelUrl } = context;
    const order: PaypalOrder = {
      id: newToken(),
      unit,
      returnUrl,
      cancelUrl,
      createTime: now(),
      intent,
      status: 'CREATED',
      declines: false,
      captures: [],
      refunds: [],
    };
    this.all.set(order.id, order);
    return this.view(order);
  }

  get(id: string): PaypalOrder {
    const order = this.all.get(id);
    if (!order) throw new PaypalProblem(404, 'INVALID_RESOURCE_ID');
    return order;
  }

  view({ id, intent, status, unit, captures, refunds, createTime }: PaypalOrder): object {
    const payments = captures.length > 0 ? { payments: { captures, refunds } } : {};
    const pay = { href: this.approvalUrl(id), rel: 'approve', method: 'GET' };
    return {
      id,
      intent,
      status,
      purchase_units: [{ reference_id: 'default', ...unit, ...payments }],
      create_time: createTime,
      links: status === 'CREATED' ? [pay] : [],
    };
  }

  approve(order: PaypalOrder, declines = false): void {
    if (order.status !== 'CREATED') throw new PaypalProblem(422, 'ORDER_ALREADY_COMPLETED');
    Object.assign(order, { status: 'APPROVED', declines });
    this.note('CHECKOUT.ORDER.APPROVED', 'checkout-order', this.view(order));
  }

  replaceIntent(order: PaypalOrder, intent: PaypalOrder['intent']): void {
    if (order.status === 'COMPLETED') throw new PaypalProblem(422, 'ORDER_ALREADY_COMPLETED');
    order.intent = intent;
  }

  capture(order: PaypalOrder): object {
    if (order.status === 'COMPLETED') throw new PaypalProblem(422, 'ORDER_ALREADY_CAPTURED');
    // PayPal's description leaves out ACTION_DOES_NOT_MATCH_INTENT, which it says here.
    if (order.intent !== 'CAPTURE') throw new PaypalProblem(422, 'AUTH_CAPTURE_NOT_ENABLED');
    if (order.status !== 'APPROVED') throw new PaypalProblem(422, 'ORDER_NOT_APPROVED');
    if (order.declines) throw new PaypalProblem(422, 'INSTRUMENT_DECLINED');
    const { description: _description, ...unit } = order.unit;
    const capture: Capture = { id: newToken(), status: 'COMPLETED', ...unit, final_capture: true, create_time: now() };
    order.captures.push(capture);
    order.status = 'COMPLETED';
    this.note('PAYMENT.CAPTURE.COMPLETED', 'capture', this.viewCapture(capture.id));
    return this.view(order);
  }

  viewCapture(id: string): object {
    const { order, capture } = this.captured(id);
    return { ...capture, supplementary_data: { related_ids: { order_id: order.id } } };
  }

  refund(captureId: string, { amount, custom_id }: { amount: Amount; custom_id?: string }): object {
    const { order, capture } = this.captured(captureId);
    const left = cents(capture.amount) - order.refunds.reduce((sum, one) => sum + cents(one.amount), 0);
    if (cents(amount) < 1) throw new PaypalProblem(422, 'CANNOT_BE_ZERO_OR_NEGATIVE');
    if (left === 0) throw new PaypalProblem(422, 'CAPTURE_FULLY_REFUNDED');
    if (cents(amount) > left) throw new PaypalProblem(422, 'REFUND_AMOUNT_EXCEEDED');
    const name = custom_id ?? capture.custom_id;
    const refund: Refund = {
      id: newToken(),
      status: 'COMPLETED',
      amount,
      ...(name ? { custom_id: name } : {}),
      create_time: now(),
    };
    order.refunds.push(refund);
    capture.status = cents(amount) === left ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
    this.note('PAYMENT.CAPTURE.REFUNDED', 'refund', refund);
    return refund;
  }

  getRefund(id: string): object {
    const refund = [...this.all.values()].flatMap(({ refunds }) => refunds).find((one) => one.id === id);
    if (!refund) throw new PaypalProblem(404, 'INVALID_RESOURCE_ID');
    return refund;
  }

  takeUntold(): Told[] {
    return this.untold.splice(0);
  }

  clear(): void {
    this.all.clear();
    this.untold = [];
  }

  captured(id: string): { order: PaypalOrder; capture: Capture } {
    for (const order of this.all.values()) {
      const capture = order.captures.find((one) => one.id === id);
      if (capture) return { order, capture };
    }
    throw new PaypalProblem(404, 'INVALID_RESOURCE_ID');
  }

  note(event_type: string, resource_type: Told['resource_type'], resource: object): void {
    this.untold.push({ event_type, resource_type, resource: structuredClone(resource) });
  }
}

const now = (): string => new Date().toISOString();

export function cents({ value }: Amount): number {
  const [whole = '', decimals = ''] = value.split('.');
  return Number(whole + decimals.padEnd(2, '0'));
}
