import { mergeConfig } from "vitest/config";
import config from "../vitest.config.ts";

/** What a mutant is tried against: the tests of `src/core` and `src/users` that are over in a moment. */
export default mergeConfig(config, {
  test: {
    exclude: [
      "test/{prism,scripts,examples,testing,transport}/**",
      "test/{demo,readme,exports}.test.ts",
      "**/node_modules/**",
    ],
  },
});
