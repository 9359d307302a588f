import { createMemoryMedium } from '../../src/journal/memory-medium.ts';
import { createStateStore } from '../../src/journal/state-store.ts';
import { testStateStore, tickingClock } from './state-store-contract.ts';

testStateStore('memory', {
  async createStore() {
    const clock = tickingClock();
    return createStateStore(createMemoryMedium(clock), clock);
  },
});
