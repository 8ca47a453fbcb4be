import { mergeConfig } from "vitest/config";
import config from "../vitest.config.ts";

/** What a mutant is tried against: the tests of `src/core` and `src/users` that start no other program. */
export default mergeConfig(config, {
  test: {
    exclude: ["test/{prism,scripts,examples,testing}/**", "test/{demo,readme,exports}.test.ts"],
  },
});
