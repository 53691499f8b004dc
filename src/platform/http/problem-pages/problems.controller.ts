import { Controller, Get, Header, Headers, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../auth/public.js';
import { languageOf } from '../language.js';
import { RouteNotFound } from '../request-problems.js';
import { knownProblems, problemOf } from './known-problems.js';
import { problemPage, problemsPage } from './problem.page.js';

@Controller('problems')
@ApiExcludeController()
@Public('the type of every problem leads here')
export class ProblemsController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('vary', 'accept-language')
  all(@Headers('accept-language') wanted: string | undefined): string {
    return problemsPage(knownProblems(), languageOf(wanted));
  }

  @Get(':code')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('vary', 'accept-language')
  one(@Param('code') code: string, @Headers('accept-language') wanted: string | undefined): string {
    const problem = problemOf(code);
    if (!problem) throw new RouteNotFound();
    return problemPage(problem, languageOf(wanted));
  }
}
