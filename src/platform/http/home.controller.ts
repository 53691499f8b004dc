import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../auth/public.js';
import { homePage } from './home.page.js';
import { HttpConfig } from './http.config.js';

@Controller()
@ApiExcludeController()
export class HomeController {
  constructor(private readonly config: HttpConfig) {}

  @Get()
  @Public('the way in for people')
  @Header('content-type', 'text/html; charset=utf-8')
  home(): string {
    return homePage(this.config.sandboxUrl);
  }
}
