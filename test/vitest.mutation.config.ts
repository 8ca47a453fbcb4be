import { mergeConfig } from "vitest/config";
import config from "../vitest.config.ts";

// One dialect is enough: core/wire-case.test.ts has both.
const oneEra = { ...config, test: { ...config.test, projects: undefined } };

/** What a mutant is tried against: the tests of `src/core` and `src/users` that are over in a moment. */
export default mergeConfig(oneEra, {
  test: {
    // A quarter less time; mutants of what runs once, while a module loads, count as survived for it.
    isolate: false,
    include: [
      "test/{core,users,organizations,defects}/**/*.test.ts",
      "test/{client,errors,functions}.test.ts",
    ],
  },
});
