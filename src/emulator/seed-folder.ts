import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ContainerClient } from '@azure/storage-blob';
import pLimit from 'p-limit';
import { EmulatorError } from './emulator-error.ts';

const PARALLEL_UPLOADS = 8;

/**
 * Uploads every file beneath `folder`; blobs are named by their path in it, with `/`. Throws
 * {@link EmulatorError} `seedFolderUnreadable`.
 */
export async function uploadFolder(folder: string, container: ContainerClient): Promise<void> {
  const limit = pLimit(PARALLEL_UPLOADS);
  const files = await listFiles(folder);
  await Promise.all(
    files.map((file) =>
      limit(async () => {
        const name = relative(folder, file).split(sep).join('/');
        await container.getBlockBlobClient(name).uploadFile(file);
      }),
    ),
  );
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (cause) {
    throw new EmulatorError('seedFolderUnreadable', `Cannot read the seed folder ${folder}.`, {
      cause,
    });
  }
}
