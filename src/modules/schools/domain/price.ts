/** Minor units and currency, as Money and its DTO both are. */
export interface Price {
  readonly amount: number;
  readonly currency: string;
}
