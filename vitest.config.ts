import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const TOOLS = "test/{bench,scripts}/**/*.test.ts";

/** The examples of documents run in modules of their own: one may leave a client made from the environment behind. */
const DOCUMENTS = [
  "test/{examples,guide}/**/*.test.ts",
  "test/roster/docstrings.test.ts",
  "test/{coming-from,docstrings,guide,readme}.test.ts",
];

/** What counts the resources of its process, and therefore needs one of its own. */
const ALONE = ["test/transport/leaks.test.ts"];

/** What runs for a long time. Coverage would slow it down, and other tests run the same code. */
const HEAVY = [
  "test/bounds/retained.test.ts",
  "test/roster/model.test.ts",
  "test/throttle/{adaptive-limiter,processes,shared-limit}.test.ts",
  "test/transport/{properties,timing}.test.ts",
  "test/users/{bulk-properties,bulk-scale}.test.ts",
  "test/cli/{full-disk,memory,process}.test.ts",
];

/** Heavy with all its seeds. `npm test` runs one of them. */
const TRUTH = "test/transport/truth.test.ts";

/** Not in `npm test`. The fault matrix makes some thousand calls. */
const SLOW = [
  ...DOCUMENTS,
  ...ALONE,
  ...HEAVY,
  "test/demo{,-process}.test.ts",
  "test/transport/fault-matrix.test.ts",
];

const FULL = { AX_TEST_FULL: "1" };
const CURRENT = { ...FULL, AX_TEST_DIALECT: "current" };

export default defineConfig({
  resolve: {
    alias: [
      { find: /^ax-users$/, replacement: file("./src/index.ts") },
      { find: /^ax-users\/roster$/, replacement: file("./src/roster/index.ts") },
      { find: /^ax-users\/testing$/, replacement: file("./src/testing/index.ts") },
    ],
  },
  test: {
    // `npm test` is the first of these, `npm run test:all` the others; test/README.md says more.
    projects: [
      {
        extends: true,
        test: {
          name: "alpha",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, TOOLS, ...SLOW],
        },
      },
      {
        extends: true,
        test: {
          name: "alpha-full",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, TOOLS, ...DOCUMENTS, ...ALONE, ...HEAVY, TRUTH],
          env: FULL,
        },
      },
      { extends: true, test: { name: "heavy", include: [...HEAVY, TRUTH], env: FULL } },
      { extends: true, test: { name: "alone", include: ALONE, env: FULL, isolate: true } },
      { extends: true, test: { name: "documents", include: DOCUMENTS, env: FULL, isolate: true } },
      // The facade has to be the same in both dialects of the API; `test/helpers/dialect.ts` reads which one it is.
      {
        extends: true,
        test: {
          name: "current",
          include: ["test/{users,organizations,defects}/**/*.test.ts", "test/functions.test.ts"],
          env: CURRENT,
        },
      },
      {
        extends: true,
        test: { name: "documents-current", include: ["test/guide.test.ts"], env: CURRENT, isolate: true },
      },
      // Of what is not published.
      { extends: true, test: { name: "tools", include: [TOOLS], env: FULL } },
    ],
    // Loading the modules anew for each file would be 40 % of the time. A test that changes globals puts them back.
    isolate: false,
    unstubGlobals: true,
    // So long that no busy machine comes near it; what hangs still ends.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    teardownTimeout: 120_000,
    // By default one core stays idle, which of two is half of them.
    maxWorkers: "100%",
    typecheck: { enabled: false },
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text-summary", "html"],
      thresholds: { lines: 95, branches: 90 },
    },
  },
});
