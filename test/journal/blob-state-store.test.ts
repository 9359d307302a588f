import { afterAll, beforeAll } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { createBlobMedium } from '../../src/journal/blob-medium.ts';
import { createStateStore } from '../../src/journal/state-store.ts';
import { testStateStore, tickingClock } from './state-store-contract.ts';

let emulator: Emulator;
let stores = 0;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

testStateStore('blobs', {
  async createStore() {
    const clock = tickingClock();
    stores += 1;
    const medium = createBlobMedium({
      container: emulator.containerClient('state'),
      location: `${emulator.blobEndpoint}/state`,
      prefix: `store-${stores}/`,
      describeIdentity: () => 'the identity',
      clock,
    });
    return createStateStore(medium, clock);
  },
});
