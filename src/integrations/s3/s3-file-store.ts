import { DeleteObjectCommand, GetObjectCommand, S3Client, type S3ServiceException } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Readable } from 'node:stream';
import { type FileKey, FileMissing, FileStore } from '../../platform/files/file-store.js';
import { Problem } from '../../platform/http/problem.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { S3Config } from './s3.config.js';

const partBytes = 5 * 1024 * 1024;
const uploadTimeoutMs = 120_000;

/** Files in a bucket: {school}/{id}. The bucket is private; whoever may have a file gets it through us. */
export class S3FileStore extends FileStore {
  private readonly client: S3Client;

  constructor(
    private readonly config: S3Config,
    private readonly calls: ProviderCalls,
  ) {
    super();
    const { endpoint, region, pathStyle, accessKeyId, secretAccessKey } = config;
    this.client = new S3Client({
      ...(endpoint && { endpoint }),
      region,
      forcePathStyle: pathStyle,
      credentials: { accessKeyId, secretAccessKey },
      // ProviderCalls repeats what may be repeated.
      maxAttempts: 1,
      // Not every store knows Amazon's own checksums; the signature covers each part's SHA-256.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  /** In parts, of which one is in memory at a time; parts of what fails are thrown away. */
  async put(key: FileKey, content: Readable, mediaType: string): Promise<void> {
    const send = async (signal: AbortSignal) => {
      const upload = new Upload({
        client: this.client,
        params: { ...this.at(key), Body: content, ContentType: mediaType },
        partSize: partBytes,
        queueSize: 1,
      });
      signal.addEventListener('abort', () => void upload.abort());
      await upload.done();
    };
    await this.calls.run({ ...call, operation: 'put', repeatable: false, timeoutMs: uploadTimeoutMs, send });
  }

  async read(key: FileKey): Promise<Readable> {
    const send = (signal: AbortSignal) => this.client.send(new GetObjectCommand(this.at(key)), { abortSignal: signal });
    try {
      const { Body } = await this.calls.run({ ...call, operation: 'get', repeatable: true, send });
      return Body as Readable;
    } catch (error) {
      throw (error as S3ServiceException).name === 'NoSuchKey' ? new FileMissing(key) : error;
    }
  }

  async delete(key: FileKey): Promise<void> {
    const send = (signal: AbortSignal) =>
      this.client.send(new DeleteObjectCommand(this.at(key)), { abortSignal: signal });
    await this.calls.run({ ...call, operation: 'delete', repeatable: true, send });
  }

  private at({ schoolId, fileId }: FileKey): { Bucket: string; Key: string } {
    return { Bucket: this.config.bucket, Key: `${schoolId}/${fileId}` };
  }
}

const call = { provider: 's3', isOutage } as const;

/** A 4xx is an answer. A Problem is what is wrong with the content, which reaches us through the call. */
function isOutage(error: unknown): boolean {
  const status = (error as Partial<S3ServiceException>).$metadata?.httpStatusCode;
  return !(error instanceof Problem) && (status === undefined || status >= 500 || status === 429);
}
