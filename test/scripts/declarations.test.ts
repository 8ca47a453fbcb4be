/** That declarations are made to name nothing but what they export, and still say the same. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { plainDeclarations } from "../../scripts/declarations/plain.ts";

async function plain(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "index.d.ts");
  await writeFile(file, text);
  return plainDeclarations(file);
}

test("what is exported stays as it is, and what nothing needs goes", async () => {
  const text = `/** A user. */
interface User {
  /** Opaque. */
  id: string;
  list(params?: { limit?: number }): Promise<User[]>;
}
declare class Users<T extends User> extends Map<string, T> {
  #private;
  static of(options: Record<string, User | undefined>): Users<User>;
}
declare const get: (id: string) => User;
export { type User, Users, get };
`;
  const rest = "/** Of the wire. */\ntype Wire = { a_b: string };\n//# sourceMappingURL=index.d.ts.map";
  expect(await plain(`declare const stray: Wire;\n${text}${rest}`)).toBe(text);
});

test("an interface has for its own what it extended", async () => {
  const text = await plain(`
type Camel<Name> = Name extends \`\${infer Head}_\${infer Tail}\` ? \`\${Head}\${Capitalize<Tail>}\` : Name;
type FromWire<T> = T extends (infer Item)[] ? FromWire<Item>[] : T extends object ? { [Key in keyof T as Camel<Key>]: Key extends \`\${string}_at\` ? Date : FromWire<T[Key]> } : T;
type WireUser = { id: string; made_at: string; role: { role_name: "a" | "b"; level?: number }; is_dev?: boolean; tags: string[] | null };
interface Base<T> {
  /** What there is. */
  readonly items: T[];
  "odd-name"?: (item: T) => void;
}
interface Named { name: string }
interface User extends Named, FromWire<WireUser> {
  /** Opaque. */
  id: string;
}
interface Page<T> extends Base<T> {
  next(): Promise<Page<T> | null>;
}
interface Empty extends Base<string> {}
export { type Empty, type Named, type Page, type User };`);
  expect(text).toBe(`interface Named { name: string }
interface User extends Named {
  madeAt: Date;
  role: {
    roleName: "a" | "b";
    level?: number;
  };
  isDev?: boolean;
  tags: string[] | null;
  /** Opaque. */
  id: string;
}
interface Page<T> {
  /** What there is. */
  readonly items: T[];
  "odd-name"?: (item: T) => void;
  next(): Promise<Page<T> | null>;
}
interface Empty {
  /** What there is. */
  readonly items: string[];
  "odd-name"?: (item: string) => void;
}
export { type Empty, type Named, type Page, type User };
`);
});

test("a reference becomes what it refers to, by public names as far as there are any", async () => {
  const text = await plain(`
type Role$1 = "admin" | "member";
type Either<V extends string> = V | Uppercase<V>;
declare const REGIONS: readonly ["us", "eu"];
declare const facts: { readonly get: 1; readonly list: 2 };
interface Created {
  outcome: "created";
  readonly password?: string;
}
type Assignment$1 = { name: Role$1; from?: Role$1 | undefined; labels: Labels };
type Labels = { [key: string]: Role$1[] };
/** A role. */
type Role = Role$1;
type Assignment = Assignment$1;
type Region = (typeof REGIONS)[number];
type Result = { id: string } & (Created | { outcome: "existing" });
interface Params {
  roles?: readonly Either<Role>[] | undefined;
  operation: keyof typeof facts;
  pick: Pick<Assignment$1, "name">;
}
export { type Assignment, type Params, type Region, type Result, type Role };`);
  expect(text).toBe(`/** A role. */
type Role = "admin" | "member";
type Assignment = {
  name: Role;
  from?: Role | undefined;
  labels: {
    [key: string]: Role[];
  };
};
type Region = "us" | "eu";
type Result = { id: string } & ({
  outcome: "created";
  readonly password?: string;
} | { outcome: "existing" });
interface Params {
  roles?: readonly ("admin" | "member" | "ADMIN" | "MEMBER")[] | undefined;
  operation: "get" | "list";
  pick: Pick<{
    name: Role;
    from?: Role | undefined;
    labels: {
      [key: string]: Role[];
    };
  }, "name">;
}
export { type Assignment, type Params, type Region, type Result, type Role };
`);
});

test.each([
  {
    what: "a name that is declared as another",
    text: "interface A$1 { a: 1 }\nexport { A$1 as A };",
    message: "has to be declared by that name",
  },
  {
    what: "a type in itself",
    text: "type Tree = { in?: Tree };\ntype A = Tree;\nexport { type A };",
    message: "is in itself",
  },
  {
    what: "what does not compile",
    text: "type A = Nowhere;\nexport { type A };",
    message: "Cannot find name 'Nowhere'",
  },
  {
    what: "a kind of declaration that is not known",
    text: "declare enum A { B }\nexport { A };",
    message: "What to make of declare enum A",
  },
])("$what is an error", async ({ text, message }) => {
  await expect(plain(text)).rejects.toThrow(message);
});
