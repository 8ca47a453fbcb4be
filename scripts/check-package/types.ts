import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outputOf, root } from "./run.ts";

/** The oldest TypeScript supported, the project's own, and the newest. */
const TYPESCRIPTS = ["typescript-5.6", "typescript", "typescript-7"];

const FILES = ["consumer", "roster"];

/**
 * How modules are found, and what declares `fetch` and all that goes with it: a browser's library, or Node's types.
 * Something has to, for anybody who uses it.
 */
const WAYS = {
  "nodenext, a browser's library": {
    module: "nodenext",
    moduleResolution: "nodenext",
    lib: ["es2023", "dom", "dom.iterable", "esnext.disposable"],
    types: [],
  },
  "bundler, Node's types": {
    module: "preserve",
    moduleResolution: "bundler",
    lib: ["es2023"],
    types: ["node"],
  },
};

/** Compiles the files of `test/types` against the installed declarations, which are checked too. */
export async function checkTypes(folder: string): Promise<void> {
  for (const name of FILES) copyFileSync(join(root, `test/types/${name}.ts`), join(folder, `${name}.mts`));
  const projects = Object.entries(WAYS).map(([way, options]) => {
    const file = `tsconfig.${options.moduleResolution}.json`;
    writeFileSync(join(folder, file), JSON.stringify(projectOf(options)));
    return { way, file };
  });
  for (const typescript of TYPESCRIPTS) {
    const compiler = join(root, "node_modules", typescript);
    const said = await Promise.all(
      projects.map(async ({ way, file }) => {
        const output = await outputOf(join(compiler, "bin/tsc"), ["-p", file], folder);
        return output && `${way}:\n${output}`;
      }),
    );
    const { version } = JSON.parse(readFileSync(join(compiler, "package.json"), "utf8"));
    const errors = said.join("");
    if (errors) throw new Error(`TypeScript ${version} refuses the declarations. ${errors}`);
    console.log(`compiled against its types: TypeScript ${version} (${Object.keys(WAYS).join("; ")})`);
  }
}

const projectOf = (options: object) => ({
  compilerOptions: {
    ...options,
    target: "es2022",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    skipDefaultLibCheck: true,
    noEmit: true,
    typeRoots: [join(root, "node_modules/@types")],
  },
  files: FILES.map((name) => `${name}.mts`),
});
