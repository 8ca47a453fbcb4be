import { statSync } from "node:fs";
import { mergeConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import config from "../vitest.config.ts";
import { mutantPool } from "./helpers/mutant-pool.ts";

// One dialect is enough: api/enum-case.test.ts has both.
const oneDialect = { ...config, test: { ...config.test, projects: undefined } };

/** A mutant ends with the first test that fails; small files get there sooner. */
class SmallestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => statSync(a.moduleId).size - statSync(b.moduleId).size);
  }
}

/** The tests that each mutant of a part is run against, as `scripts/mutation.ts` says. */
export default mergeConfig(oneDialect, {
  plugins: [mutantPool],
  test: {
    // Mutants share the modules of their worker; `mutantPool` says when it loads them anew.
    isolate: false,
    include: JSON.parse(process.env["AX_MUTATION_TESTS"] ?? '["test/**/*.test.ts"]'),
    reporters: [{}],
    setupFiles: ["test/helpers/mutant-setup.ts"],
    sequence: { sequencer: SmallestFirst },
  },
});
