import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { LessonTypeNotFound } from '../../../schools/index.js';
import { AmountNotPositive, WrongCurrency } from '../../domain/errors.js';
import { LessonTypeSoldAlready, ProductCodeTaken, ProductNotFound } from '../domain/price-problems.js';
import { type PriceView, ProductReader, type ProductView } from '../queries/product-reader.js';
import { KeepProducts } from '../use-cases/keep-products.js';
import { SetProductPrice } from '../use-cases/set-product-price.js';
import {
  AddProductDto,
  ProductDto,
  ProductListQuery,
  ProductPriceDto,
  ProductPriceListQuery,
  SetProductPriceDto,
  UpdateProductDto,
} from './product.dto.js';

@Controller('v1/schools/:schoolId/products')
@ApiTags('Price list')
export class ProductsController {
  constructor(
    private readonly keep: KeepProducts,
    private readonly setPrice: SetProductPrice,
    private readonly products: ProductReader,
  ) {}

  @Post()
  @Requires('product.manage')
  @Operation({
    id: 'addProduct',
    summary: 'Put a product on the price list',
    description: 'Its prices are set afterwards, each from a day on.',
    ok: ProductDto,
    status: 201,
    problems: [LessonTypeNotFound, ProductCodeTaken, LessonTypeSoldAlready],
  })
  add(@IdParam('schoolId') _schoolId: Id, @Body() body: AddProductDto): Promise<ProductView> {
    return this.keep.add(body);
  }

  @Get()
  @Requires('product.read')
  @Operation({
    id: 'listProducts',
    summary: 'List the price list, by name',
    description: 'Each with its price on one day.',
    ok: PageOf(ProductDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: ProductListQuery): Promise<Page<ProductView>> {
    return this.products.list(query);
  }

  @Get(':productId')
  @Requires('product.read')
  @Operation({
    id: 'getProduct',
    summary: 'Read a product with today’s price',
    description: 'Also one that is no longer sold, because invoices name it.',
    ok: ProductDto,
    problems: [ProductNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('productId') productId: Id): Promise<ProductView> {
    return this.products.get(productId);
  }

  @Patch(':productId')
  @Conditional()
  @Requires('product.manage')
  @Operation({
    id: 'updateProduct',
    summary: 'Rename a product, or archive it',
    description:
      'Fields left out stay as they are. Lessons sold as an archived product cost what their type says; what was charged keeps its price.',
    ok: ProductDto,
    problems: [ProductNotFound],
  })
  update(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('productId') productId: Id,
    @Body() body: UpdateProductDto,
  ): Promise<ProductView> {
    return this.keep.change(productId, body);
  }

  @Get(':productId/prices')
  @Requires('product.read')
  @Operation({
    id: 'listProductPrices',
    summary: 'List what a product costs, cost and will cost, latest first',
    description: 'Each price counts from its day until the next one’s.',
    ok: PageOf(ProductPriceDto),
    problems: [ProductNotFound],
  })
  prices(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('productId') productId: Id,
    @Query() query: ProductPriceListQuery,
  ): Promise<Page<PriceView>> {
    return this.products.prices(productId, query);
  }

  @Post(':productId/prices')
  @Requires('product.manage')
  @Operation({
    id: 'setProductPrice',
    summary: 'Set a product’s price from a day on',
    description:
      'A price set for the same day before is replaced. Lessons booked before keep the price they were booked at. Answers the product as it is sold on that day.',
    ok: ProductDto,
    status: 201,
    problems: [ProductNotFound, new WrongCurrency('DKK', 'gross.currency'), new AmountNotPositive('gross')],
  })
  set(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('productId') productId: Id,
    @Body() body: SetProductPriceDto,
  ): Promise<ProductView> {
    return this.setPrice.execute(productId, body.toCommand());
  }
}
