// Tests of rules alone, as mutation testing runs them: no database, no browser, so a mutant is tried in a moment.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/loop/*/rules.test.ts', 'src/loop/*/rules/*.test.ts'],
    // A mutant that no test notices within this time loops.
    testTimeout: 20_000,
  },
})
