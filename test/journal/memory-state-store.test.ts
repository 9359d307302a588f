import { randomBytes } from 'node:crypto';
import { createMemoryStateStore } from '../../src/journal/memory-state-store.ts';
import { testStateStore, tickingClock } from './state-store-contract.ts';

testStateStore('memory', {
  createStore: async () => createMemoryStateStore({ clock: tickingClock(), key: randomBytes(32) }),
});
