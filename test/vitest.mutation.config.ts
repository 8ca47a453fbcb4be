import { mergeConfig } from "vitest/config";
import config from "../vitest.config.ts";

// One dialect is enough: api/enum-case.test.ts has both.
const oneDialect = { ...config, test: { ...config.test, projects: undefined } };

/** The tests that each mutant is run against: those of the mutated folders that take a moment. */
export default mergeConfig(oneDialect, {
  test: {
    // A quarter less time; mutants of code that runs once, while a module loads, count as survived for it.
    isolate: false,
    include: [
      "test/{util,errors,config,throttle,transport,api,facade,users,organizations,defects}/**/*.test.ts",
      "test/{client,functions}.test.ts",
    ],
    exclude: ["test/transport/{fault-matrix,leaks,timing,truth}.test.ts", "test/users/bulk-scale.test.ts"],
  },
});
