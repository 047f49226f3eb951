// The kinds of tests: unit (with endpoint tests on a real database), whole (a million rows, a thousand voters), journeys in a browser, reliability
// with real processes.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['tests/support/postgres.setup.ts'],
    // An endpoint test makes its own database first; a busy machine must not turn that into a failure.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: [
            'tests/{plans,secrecy,journeys,reliability}/**',
            'tests/attacks/held-bids-memory.test.ts',
            'node_modules/**',
          ],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/{plans,secrecy}/**/*.test.ts', 'tests/attacks/held-bids-memory.test.ts'],
          globalSetup: ['tests/support/demo.setup.ts'],
          testTimeout: 120_000,
          // Their transactions last for many seconds, and an event is sealed only when no older transaction of the server is open:
          // beside them the tests of sealing would wait.
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
          globalSetup: ['tests/journeys/support/site.setup.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'reliability',
          include: ['tests/reliability/**/*.test.ts'],
          globalSetup: ['tests/support/demo.setup.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // Beside the journeys: each has a server of its own.
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
