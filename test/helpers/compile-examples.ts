import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

type Example = readonly [name: string, code: string];

/** The native compiler, which takes a second for what TypeScript 6 takes ten for. */
const COMPILER = `${root}node_modules/typescript-7/bin/tsc`;

/** A mistake that the compiler has to find, so that finding none means something. */
const CONTROL: Example = [
  "a mistake",
  'import { ArizeClient } from "ax-users";\nnew ArizeClient({ baseUrl: 1 });\n',
];
const CONTROL_COMPLAINT = "a mistake, line 2: TS2322: Type 'number' is not assignable to type 'string'.";

const CLIENT = 'declare const client: import("ax-users").ArizeClient;\n';

/**
 * Compiles examples, all in one program, by the checkout's own settings. Gives what the compiler has against them, each
 * with the name of the example and the line in it. They may use, or declare anew, what `preamble` declares.
 */
export async function compileExamples(examples: readonly Example[], preamble = CLIENT): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-examples-"));
  try {
    const all = [...examples, CONTROL];
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(SETTINGS));
    await writeFile(join(folder, "preamble.ts"), preamble);
    await Promise.all(
      all.map(([, code], index) => writeFile(join(folder, `${index}.ts`), `${code}\nexport {};\n`)),
    );
    const complaints = read(await compile(folder), all);
    if (!complaints.includes(CONTROL_COMPLAINT)) {
      throw new Error(`The compiler did not find the mistake:\n${complaints.join("\n")}`);
    }
    return complaints.filter((complaint) => complaint !== CONTROL_COMPLAINT);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const SETTINGS = {
  extends: `${root}tsconfig.json`,
  compilerOptions: {
    typeRoots: [`${root}node_modules/@types`],
    paths: {
      "ax-users": [`${root}src/index.ts`],
      "ax-users/roster": [`${root}src/roster/index.ts`],
      "ax-users/testing": [`${root}src/testing/index.ts`],
      undici: [`${root}node_modules/undici-7`],
    },
    // Not every example uses all that it declares, and `process.env.NAME` is how people write it.
    noUnusedLocals: false,
    noPropertyAccessFromIndexSignature: false,
  },
  include: ["*.ts"],
};

/** All that the compiler prints; that it exits with 1 is no surprise. */
const compile = (folder: string): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [COMPILER, "--pretty", "false"], { cwd: folder }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });

/** A complaint begins with a place, or is of no file; the lines that explain it are indented. */
function read(output: string, examples: readonly Example[]): string[] {
  return output
    .trim()
    .split(/\n(?! )/)
    .map((complaint) =>
      complaint.replace(
        /^(\d+)\.ts\((\d+),\d+\): error /,
        (_, index: string, line: string) => `${examples[Number(index)]?.[0]}, line ${line}: `,
      ),
    );
}
