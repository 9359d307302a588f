import { createRequire } from 'node:module';
import { EmulatorError } from './emulator-error.ts';

/**
 * The file of `specifier`, a module of one of the packages that only the emulator needs and that
 * are therefore optional peers. Throws {@link EmulatorError} `peerMissing` with the command that
 * installs them.
 */
export function resolvePeer(specifier: string, from: string = import.meta.url): string {
  try {
    return createRequire(from).resolve(specifier);
  } catch (cause) {
    throw new EmulatorError(
      'peerMissing',
      `The emulator needs ${specifier.split('/')[0]}, which is not installed. Run: npm install azurite selfsigned`,
      { cause },
    );
  }
}
