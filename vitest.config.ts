import { configDefaults, defineConfig } from 'vitest/config';

/** What takes longer than a developer waits for: `npm run test:all` runs it too. */
const THOROUGH = [
  'test/{crash,faults}/**',
  'test/flow/!(complete-run|refusals).test.ts',
  'test/cli/{access,demo,emulator,prompt,run,signals,state-in-container,verbs}.test.ts',
];

export default defineConfig(({ mode }) => ({
  test: {
    include: [mode === 'bench' ? 'test/bench/*.bench.ts' : 'test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(mode === 'all' ? [] : THOROUGH)],
    testTimeout: mode === 'bench' ? 600_000 : 30_000,
    hookTimeout: 60_000,
    // The thorough suites drive many processes in real time, on machines that others share.
    retry: mode === 'all' ? 1 : 0,
    maxWorkers: 2,
  },
}));
