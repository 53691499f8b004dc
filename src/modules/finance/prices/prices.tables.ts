import type { Tables } from '../../../platform/database/query.js';
import type { AgreedPriceSchema } from './domain/agreed-price.js';
import type { ProductPriceSchema, ProductSchema } from './domain/product.js';

export type PriceTables = Tables<typeof AgreedPriceSchema | typeof ProductPriceSchema | typeof ProductSchema>;
