/** What a roster becomes, to the letter, and what is said of each mistake. */
import { ArizeClient, ValidationError } from "ax-users";
import {
  parseRoster,
  planRoster,
  type Roster,
  type RosterFormat,
  type RosterRow,
  toCsv,
} from "ax-users/roster";
import { expect, test } from "vitest";
import { rosterOf } from "../../src/roster/formats/parse.ts";
import { rejection } from "../helpers/server.ts";

const people = async (data: string | Uint8Array, format?: RosterFormat): Promise<Roster["people"]> =>
  (await parseRoster(data, { format })).people;

const message = async (data: string | Uint8Array, format?: RosterFormat): Promise<string> => {
  const error = await rejection(parseRoster(data, { format }));
  expect(error).toBeInstanceOf(ValidationError);
  return (error as Error).message;
};

const ada = { email: "ada@example.com", organizations: [] };

const utf16 = (text: string, order: "le" | "be", mark = true): Uint8Array => {
  const bytes = new Uint8Array(
    [...(mark ? "\ufeff" : ""), ...text].flatMap((character) => {
      const code = character.charCodeAt(0);
      return order === "le" ? [code & 255, code >> 8] : [code >> 8, code & 255];
    }),
  );
  return bytes;
};

test.each<[what: string, data: string | Uint8Array, format?: RosterFormat]>([
  ["text with a byte order mark", "\ufeffemail\nada@example.com"],
  ["bytes with a byte order mark", new TextEncoder().encode("\ufeffemail\nada@example.com")],
  ["UTF-16LE", utf16("email\nada@example.com", "le")],
  ["UTF-16BE", utf16("email\nada@example.com", "be")],
  ["UTF-16LE without a mark", utf16("email\nada@example.com", "le", false)],
  ["UTF-16BE without a mark", utf16("email\nada@example.com", "be", false)],
  ["spaces around names and values", " Email ,STATE\n  ada@example.com , PRESENT "],
  ["single carriage returns", "email\rada@example.com\r"],
  ["a quoted separator in the header", '"email","state"\n"ada@example.com","present"'],
  ["a header with a separator in quotes", '"email";"state"\nada@example.com;present'],
  ["one column", "email\nada@example.com\n"],
  ["blank lines around", "\n\nemail,state\n\nada@example.com,\n\n"],
  ["spaces before a JSON list", ' \n [{"email":"ada@example.com"}]'],
  ["JSON lines with a blank last one", '{"email":"ada@example.com"}\n \n', "jsonl"],
  ["JSON lines without a line break at the end", '{"email":"ada@example.com"}', "jsonl"],
  ["JSON lines with null", 'null\r\n{"email":"ada@example.com"}\r\n', "jsonl"],
])("a person in %s", async (_, data, format) => {
  expect(await people(data, format)).toMatchObject([{ email: "ada@example.com", state: "present" }]);
});

test("bytes that only begin like UTF-16 are not", async () => {
  const error = await message(new Uint8Array([0xff, 0x41, 0x42]), "csv");
  expect(error).toBe("roster: is not valid UTF-8 text: save it as UTF-8");
  expect(await message(new Uint8Array([0xfe, 0x41, 0x42]), "csv")).toMatch(/UTF-8/);
  expect(await message(new Uint8Array([0xff, 0xfe, 0x00]), "csv")).toMatch(/UTF-16LE/);
  expect(await message(new Uint8Array([0x41, 0xfe]), "csv")).toMatch(/UTF-8/);
  expect(await message(new Uint8Array([]), "csv")).toMatch(/has no header/);
  expect(await message(new Uint8Array([0, 0]), "csv")).not.toMatch(/UTF-16/);
});

test("a person has what the row has, and nothing else", async () => {
  const csv = "email,name,role,invite_mode,developer,organization,organization_role\n";
  expect(await people(`${csv}ada@example.com,,,,,,`)).toStrictEqual([
    { ...ada, at: "line 2", state: "present" },
  ]);
  const full = `${csv}ada@example.com, Ada ,Custom: r1,Temporary-Password,TRUE,Ops,READ_ONLY`;
  expect(await people(full)).toStrictEqual([
    {
      ...{ email: "ada@example.com", at: "line 2", state: "present", name: "Ada", role: "custom:r1" },
      ...{ inviteMode: "temporary_password", isDeveloper: true },
      organizations: [{ organization: "Ops", role: "read-only", state: "present", at: "line 2" }],
    },
  ]);
  const json = [{ email: "ada@example.com", developer: false, role: "annotator", organization: "Ops" }];
  expect(await people(JSON.stringify(json))).toStrictEqual([
    {
      ...{ email: "ada@example.com", at: "row 1", state: "present", role: "annotator", isDeveloper: false },
      organizations: [{ organization: "Ops", state: "present", at: "row 1" }],
    },
  ]);
});

test("rows of one person are one person", async () => {
  const rows: RosterRow[] = [
    { email: "ada@example.com", name: "Ada" },
    { email: "ADA@example.com", role: "member", organization: "Ops" },
    { email: " Ada@Example.com ", organization: "Ops", organization_role: "admin" },
    { email: "ada@example.com", organization: "Lab", state: "absent" },
    { email: "ada@example.com", organization: "Ops", organization_role: "admin" },
    { email: "ada@example.com", organization: "Ops" },
  ];
  expect(await people(JSON.stringify(rows))).toStrictEqual([
    {
      ...{ email: "ada@example.com", at: "row 1", state: "present", name: "Ada", role: "member" },
      organizations: [
        { organization: "Ops", state: "present", at: "row 2", role: "admin" },
        { organization: "Lab", state: "absent", at: "row 4" },
      ],
    },
  ]);
});

test("who only leaves an organization is not said to be in the account", async () => {
  const rows = [{ email: "ada@example.com", organization: "Ops", state: "absent" }];
  expect((await people(JSON.stringify(rows)))[0]).not.toHaveProperty("state");
  const later = [...rows, { email: "ada@example.com", state: "absent" }];
  expect((await people(JSON.stringify(later)))[0]).toMatchObject({ state: "absent" });
});

test("a list of organizations", async () => {
  const organizations = [
    { organization: " Ops ", role: "admin" },
    { organization: "Lab", role: " " },
  ];
  expect((await people(JSON.stringify([{ email: "ada@example.com", organizations }])))[0]).toMatchObject({
    organizations: [
      { organization: "Ops", role: "admin", state: "present", at: "row 1" },
      { organization: "Lab", state: "present", at: "row 1" },
    ],
  });
});

test("blank rows are counted in each form", async () => {
  expect(await parseRoster("email\n\nada@example.com\n \n")).toMatchObject({ rows: 1, blankRows: 2 });
  const lines = '\n{"email":"ada@example.com"}\n{}\n{"email":" "}\n';
  expect(await parseRoster(lines, { format: "jsonl" })).toMatchObject({ rows: 1, blankRows: 3 });
  expect(await parseRoster("[null, {}]")).toMatchObject({ rows: 0, blankRows: 2, people: [] });
});

const LIST = "expected email, name, role, invite_mode, developer, organization, organization_role, state";
const row = (more: object) => JSON.stringify([{ email: "ada@example.com", ...more }]);

test.each<[data: string, expected: string, format?: RosterFormat]>([
  ["", `has no header; expected columns: ${LIST.slice(9)}`],
  ["email,,state\nada@example.com,,", `line 1 column 2 has no name; ${LIST}`],
  ["email,Nick\nada@example.com,", `line 1 unknown column "Nick"; ${LIST}`],
  ["email,EMAIL\nada@example.com,", 'line 1 has the column "email" twice'],
  ["name\nAda", "line 1 has no column email"],
  ["email,name\nada@example.com", "line 2 has 1 cells, the header has 2"],
  [
    'email\n"ada',
    "line 2 is not valid CSV: Quote Not Closed: the parsing is finished with an opening quote at line 2",
  ],
  ["", "is empty; an empty roster is []", "json"],
  ["", "is empty; an empty roster is []", "jsonl"],
  [" \n\n", "is empty; an empty roster is []", "jsonl"],
  ["[{]", "is not valid JSON: ", "json"],
  ['{"email":', "row 1 is not valid JSON: ", "jsonl"],
  ["{}", "must be a list of rows, received {}", "json"],
  ["[7]", "row 1 must be an object, received 7"],
  ["[[]]", "row 1 must be an object, received []"],
  ['[{"nick":"a"}]', 'row 1 has an unknown column "nick"; expected email, '],
  ['[{"email":"ada@example.com"," Email":"b"}]', 'row 1 has the column "email" twice'],
  [
    '[{"email":"ada@example.com"},{"email":"b@example.com","email":"c"}]',
    'row 2 has the column "email" twice',
  ],
  [
    '[{"email":"ada@example.com","organizations":[{"role":"admin","role":"member"}]}]',
    'row 1 has the column "role" twice',
  ],
  [
    '[null, {"email":"a@example.com","name":"A, B"}, [], {"email":"b@example.com","name":"A","name":"B"}]',
    'row 4 has the column "name" twice',
  ],
  [
    '[null, {"organizations":[{"organization":"A"},{"role":"admin","role":"member"}]}]',
    'row 2 has the column "role" twice',
  ],
  ['{"email":"a@example.com","email":"b@example.com"}', 'row 1 has the column "email" twice'],
  ['[{"email":"a\\"\\\\: b@example.com"}]', "row 1, email must be an email address, received"],
  ["- email: [", "line 1 is not valid: ", "yaml"],
  ["", "is empty; an empty roster is []", "yaml"],
  ["--- []\n--- []", "must be one document, received several", "yaml"],
  ["&a\na: *a", "must be a list of rows, received an object", "yaml"],
  ["- email: &a [*a]", "row 1, email must be a string, received an array", "yaml"],
  ["- *missing", "is not valid: ", "yaml"],
  [row({ email: 5 }), "row 1, email must be a string, received 5"],
  [row({ email: "ada" }), 'row 1, email must be an email address, received "ada"'],
  [row({ email: `${"a".repeat(244)}@example.com` }), "row 1, email must have at most 255 characters"],
  ['[{"name":"Ada"}]', "row 1, email is required, since the row is not blank"],
  [row({ name: 5 }), "row 1, name must be a string, received 5"],
  [row({ name: "\ud800" }), 'row 1, name must be well-formed Unicode, received "\\ud800"'],
  [row({ name: "a".repeat(256) }), "row 1, name must have at most 255 characters, received 256"],
  [
    row({ role: "read-only" }),
    "row 1, role must be one of admin, member, annotator or custom:<id>, received",
  ],
  [row({ role: "xcustom:r1" }), "row 1, role must be one of"],
  [row({ role: "custom:r1 r2" }), "row 1, role must be one of"],
  [row({ role: 5 }), "row 1, role must be one of admin, member, annotator or custom:<id>, received 5"],
  [
    row({ invite_mode: "letter" }),
    'row 1, invite_mode must be one of email_link, none, temporary_password, received "letter"',
  ],
  [row({ developer: "yes" }), 'row 1, developer must be one of true, false, received "yes"'],
  [row({ state: "gone" }), 'row 1, state must be one of present, absent, received "gone"'],
  [row({ organization: 5 }), "row 1, organization must be a string, received 5"],
  [row({ organization_role: "admin" }), "row 1, organization_role requires an organization"],
  [
    row({ organization: "Ops", organization_role: "x" }),
    "row 1, organization_role must be one of admin, member, read-only, annotator or custom:<id>",
  ],
  [row({ organizations: "Ops" }), 'row 1, organizations must be a list, received "Ops"'],
  [row({ organizations: [null] }), "row 1, organizations[0] must be { organization, role }, received null"],
  [row({ organizations: ["Ops"] }), 'row 1, organizations[0] must be { organization, role }, received "Ops"'],
  [row({ organizations: [[]] }), "row 1, organizations[0] must be { organization, role }, received []"],
  [row({ organizations: [{}] }), "row 1, organizations[0].organization is required"],
  [
    row({ organizations: [{ organization: 5 }] }),
    "row 1, organizations[0].organization must be a string, received 5",
  ],
  [
    row({ organizations: [{ organization: "Ops", role: "x" }] }),
    "row 1, organizations[0].role must be one of",
  ],
  [
    row({ organizations: [{ organization: "Ops", roles: "x" }] }),
    'row 1, organizations[0] has an unknown column "roles"; expected organization, role',
  ],
  [
    row({ organization: "Ops", organizations: [{ organization: "Lab" }] }),
    "row 1, organizations cannot be combined with organization",
  ],
  [
    row({ name: { long: "x".repeat(100) } }),
    `row 1, name must be a string, received {"long":"${"x".repeat(68)}...`,
  ],
])("%j: %s", async (data, expected, format) => {
  const said = await message(data, format);
  expect(said.slice(0, `roster: ${expected}`.length)).toBe(`roster: ${expected}`);
  expect(said).not.toMatch(/; row 1.*; row 1|unreachable/);
});

test("a value without a form in JSON is a mistake like others", async () => {
  const rows = [{ email: "ada@example.com", name: 5n }] as unknown as RosterRow[];
  const client = new ArizeClient({ apiKey: "k", prereleaseWarnings: false });
  expect(String(await rejection(planRoster(client, rows)))).toMatch(
    "roster: row 1, name must be a string, received 5n",
  );
});

test.each<[column: string, one: object, other: object, said: string]>([
  ["name", { name: "Ada" }, { name: "Eve" }, '"Eve" instead of "Ada"'],
  ["role", { role: "admin" }, { role: "member" }, '"member" instead of "admin"'],
  ["invite_mode", { invite_mode: "none" }, { invite_mode: "email_link" }, '"email_link" instead of "none"'],
  ["developer", { developer: true }, { developer: false }, "false instead of true"],
  ["state", { state: "absent" }, { state: "present" }, '"present" instead of "absent"'],
  [
    "state",
    { organization: "Ops" },
    { organization: "Ops", state: "absent" },
    '"absent" instead of "present"',
  ],
  [
    "organization_role",
    { organization: "Ops", organization_role: "admin" },
    { organization: "Ops", organization_role: "member" },
    '"member" instead of "admin"',
  ],
])("two rows that disagree about the %s: %j, %j", async (column, one, other, said) => {
  const email = "ada@example.com";
  expect(
    await message(
      JSON.stringify([
        { email, ...one },
        { email, ...other },
      ]),
    ),
  ).toBe(`roster: row 2, ${column} disagrees with row 1 about ${email}: ${said}`);
});

test("a value that begins with a quote and what a spreadsheet takes for a formula loses one quote", async () => {
  const names = async (cell: string) => (await people(`email,name\nada@example.com,${cell}`))[0]?.name;
  expect(await names("'=1+1")).toBe("=1+1");
  expect(await names("''=1+1")).toBe("'=1+1");
  expect(await names("'Ada")).toBe("'Ada");
  expect(await names("O'-Ada")).toBe("O'-Ada");
});

test("a table of rows", () => {
  const header = "email,name,role,invite_mode,developer,organization,organization_role,state\r\n";
  const line = (name: string | undefined) =>
    toCsv([{ email: "a@example.com", ...(name !== undefined && { name }) }])
      .slice(header.length)
      .split(",")[1];
  expect(toCsv([])).toBe(header);
  expect(line(undefined)).toBe("");
  expect(toCsv([{ email: "a@example.com", name: null as unknown as string }])).toBe(
    `${header}a@example.com,,,,,,,\r\n`,
  );
  expect(line("Ada King")).toBe("Ada King");
  expect([" Ada", "Ada ", "A;B", 'A"B', "A\tB", "A\nB"].map((name) => line(name))).toEqual([
    ...['" Ada"', '"Ada "', '"A;B"', '"A""B"', '"A\tB"', '"A\nB"'],
  ]);
  expect(["=1", "+1", "-1", "@a", "'=1", "a=1"].map(line)).toEqual([
    "'=1",
    "'+1",
    "'-1",
    "'@a",
    "''=1",
    "a=1",
  ]);
  const organizations = [{ organization: "Ops", role: "admin" }, { organization: "Lab" }];
  expect(toCsv([{ email: "a@example.com", organizations }])).toBe(
    `${header}a@example.com,,,,,Ops,admin,\r\na@example.com,,,,,Lab,,\r\n`,
  );
  expect(toCsv([{ email: "a@example.com", organizations: [] }])).toBe(`${header}a@example.com,,,,,,,\r\n`);
});

test("an anchor in YAML can be used in each row", async () => {
  const rows = Array.from(
    { length: 150 },
    (_, index) => `- { email: u${index}@example.com, organizations: *o }`,
  );
  const yaml = `- email: ada@example.com\n  organizations: &o [{ organization: &name Ops }, { organization: Lab }]\n`;
  const all = await people(`${yaml}${rows.join("\n")}\n- { email: eve@example.com, name: *name }`, "yaml");
  expect(all).toHaveLength(152);
  expect(all[150]?.organizations.map(({ organization }) => organization)).toEqual(["Ops", "Lab"]);
});

test("aliases of aliases in YAML that grow without end are an error", async () => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const use = level === 0 ? "x" : `*a${level - 1}`;
    return `- &a${level} [${Array.from({ length: 9 }, () => use).join(", ")}]`;
  });
  expect(await message(levels.join("\n"), "yaml")).toMatch(/^roster: is not valid: Excessive alias count/);
});

test.each(["jörg@example.com", '"Ada King"@example.com', "ada@bücher.example"])(
  "an address that only older accounts have can be exported and read: %s",
  async (email) => {
    expect(await people(toCsv([{ email }]), "csv")).toMatchObject([{ email }]);
    expect(await people(JSON.stringify([{ email: ` ${email} ` }]))).toMatchObject([{ email }]);
  },
);

class Getters {
  readonly #email: string;
  constructor(email: string) {
    this.#email = email;
  }
  get email(): string {
    return this.#email;
  }
}

test("a row may be an object of a class, with getters or inherited members", async () => {
  const rows = [new Getters("a@example.com"), Object.create({ email: "b@example.com" })];
  expect(rosterOf(rows).people.map(({ email }) => email)).toEqual(["a@example.com", "b@example.com"]);
});

test("other getters of a row's class are no columns, but its own members are", async () => {
  class Person {
    readonly email = "a@example.com";
    readonly name = "Ada";
    get initials(): string {
      return "A";
    }
  }
  const row = new Person();
  expect(rosterOf([row]).people).toMatchObject([{ email: "a@example.com", name: "Ada" }]);
  Object.assign(row, { phone: "1" });
  expect(() => rosterOf([row])).toThrow(/row 1 has an unknown column "phone"/);
});

test.each([
  ["a map", new Map([["email", "a@example.com"]]), /row 1 must be an object, received/],
  ["a promise", Promise.resolve(), /row 1 must be an object, received/],
  ["an object of a class without members", new (class Empty {})(), /row 1 must be an object, received/],
])("a row that is %s is refused", async (_, row, message) => {
  expect(() => rosterOf([row as RosterRow])).toThrow(message);
});

test("a map of YAML is refused, and not taken for a blank row", async () => {
  const error = await rejection(parseRoster("- !!omap [email: a@example.com]\n", { format: "yaml" }));
  expect(String(error)).toMatch(/row 1 must be an object, received/);
});
