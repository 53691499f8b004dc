import { Refusal } from '../http/refusal.js';

/** Thrown to refuse as e-teori.dk refuses. */
export class EteoriProblem extends Refusal {
  constructor(status: number, code: string, title = code) {
    super(status, { type: 'about:blank', title, status, code }, title);
  }
}
