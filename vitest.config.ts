import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^ax-users$/, replacement: file("./src/index.ts") },
      { find: /^ax-users\/testing$/, replacement: file("./src/testing/index.ts") },
    ],
  },
  test: {
    // The facade has to be the same in both eras of the API; `test/helpers/era.ts` reads which one it is.
    projects: [
      {
        extends: true,
        test: { name: "alpha", include: ["test/**/*.test.ts"], exclude: ["test/{bench,scripts}/**"] },
      },
      {
        extends: true,
        test: {
          name: "current",
          include: ["test/{users,organizations,defects}/**/*.test.ts", "test/{functions,guide}.test.ts"],
          env: { AX_TEST_ERA: "current" },
        },
      },
      // Of what is not published.
      { extends: true, test: { name: "tools", include: ["test/{bench,scripts}/**/*.test.ts"] } },
    ],
    testTimeout: 15_000,
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
