import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/public.js';
import { Operation } from '../http/operation.js';
import { FileStoreUnavailable, LinkNotValid } from './file-problems.js';
import { DownloadFile } from './download-file.js';

const fileTypes = [
  'application/pdf',
  'application/zip',
  'image/heic',
  'image/jpeg',
  'image/png',
  'image/webp',
] as const;

@Controller('files')
@ApiTags('Documents')
export class FilesController {
  constructor(private readonly download: DownloadFile) {}

  @Get(':token')
  @ApiParam({ name: 'token', description: 'The end of the link.', schema: { type: 'string' } })
  // Were a browser talked into showing it, it could still run and load nothing.
  @Header('content-security-policy', "default-src 'none'; sandbox")
  @Public('the signature in the address says who may have the file, and until when')
  @Operation({
    id: 'downloadFile',
    summary: 'Download a file by its private link',
    description: 'The link comes from the operation that offers the file, and opens it for five minutes.',
    file: fileTypes,
    problems: [LinkNotValid, FileStoreUnavailable],
  })
  get(@Param('token') token: string): Promise<StreamableFile> {
    return this.download.execute(token);
  }
}
