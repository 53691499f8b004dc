import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { BooksModule } from '../books.module.js';
import { AgreedPricesController } from './http/agreed-prices.controller.js';
import { ProductsController } from './http/products.controller.js';
import { PricesOfToday } from './jobs/prices-of-today.js';
import { AgreedPricePrivacy } from './privacy/agreed-price-privacy.js';
import { AgreedPriceReader } from './queries/agreed-price-reader.js';
import { PriceList } from './queries/price-list.js';
import { PublicPrices } from './queries/public-prices.js';
import { ProductReader } from './queries/product-reader.js';
import { AgreePrice } from './use-cases/agree-price.js';
import { KeepProducts } from './use-cases/keep-products.js';
import { SetProductPrice } from './use-cases/set-product-price.js';

/** The price list: what is sold, at which price from which day, and what was agreed with single students. */
@Module({
  imports: [IdentityModule, SchoolsModule, StudentsModule, BooksModule],
  controllers: [AgreedPricesController, ProductsController],
  providers: [
    AgreedPricePrivacy,
    AgreedPriceReader,
    AgreePrice,
    KeepProducts,
    PriceList,
    ProductReader,
    PricesOfToday,
    PublicPrices,
    SetProductPrice,
  ],
  exports: [PriceList, ProductReader, PublicPrices],
})
export class PricesModule {}
