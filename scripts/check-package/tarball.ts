import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./run.ts";

const MAX_PACKED_BYTES = 200_000;
const MAX_INSTALLED_BYTES = 1_000_000;
const PACKED =
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/(cli|client|index|roster|testing|(cli|roster)-[\w-]+)\.(js|d\.ts))$/;

/** The path of the tarball, which is small and holds only what users need. */
export function pack(folder: string): string {
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder], root));
  const stray = packed.files
    .map(({ path }: { path: string }) => path)
    .filter((path: string) => !PACKED.test(path));
  if (stray.length > 0) throw new Error(`The tarball holds what nobody needs: ${stray.join(", ")}`);
  if (packed.size > MAX_PACKED_BYTES)
    throw new Error(`The tarball has ${packed.size} bytes, over ${MAX_PACKED_BYTES}`);
  if (packed.unpackedSize > MAX_INSTALLED_BYTES)
    throw new Error(`What is installed has ${packed.unpackedSize} bytes, over ${MAX_INSTALLED_BYTES}`);
  console.log(
    `packed: ${packed.size} bytes, ${packed.files.length} files; installed: ${packed.unpackedSize} bytes`,
  );
  return join(folder, packed.filename);
}

export function install(tarball: string, folder: string): void {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], folder);
}
