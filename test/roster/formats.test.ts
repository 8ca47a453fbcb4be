import { parseRoster, planRoster, type RosterFormat, type RosterRow, toCsv } from "ax-users/roster";
import { expect, test } from "vitest";
import { openAccount } from "../helpers/sandbox.ts";
import { rejection } from "../helpers/server.ts";

const ROWS: RosterRow[] = [
  { email: "alan@example.com", name: "Alan\nTuring", role: "member", developer: false },
  {
    email: "grace@example.com",
    name: "Grace Hopper",
    organization: "Data Ops",
    organization_role: "read-only",
  },
  { email: "grace@example.com", organization: "Sales" },
  { email: "ada@example.com", state: "absent" },
  { email: "joan@example.com", name: "=Joan", role: "custom:R1", invite_mode: "none", developer: true },
];

/** The same with `organizations`, as documents may have it. */
const NESTED: RosterRow[] = [
  ...ROWS.slice(0, 1),
  {
    email: "grace@example.com",
    name: "Grace Hopper",
    organizations: [{ organization: "Data Ops", role: "READ_ONLY" }, { organization: "Sales" }],
  },
  ...ROWS.slice(3),
];

const HEADER = "email,name,role,invite_mode,developer,organization,organization_role,state";
const CSV = [
  HEADER,
  'alan@example.com,"Alan\nTuring",member,,false,,,',
  "grace@example.com,Grace Hopper,,,,Data Ops,read-only,",
  "grace@example.com,,,,,Sales,,",
  "ada@example.com,,,,,,,absent",
  "joan@example.com,'=Joan,custom:R1,none,true,,,",
  "",
].join("\n");

const YAML = `
- { email: alan@example.com, name: "Alan\\nTuring", role: member, developer: false }
- email: grace@example.com
  name: Grace Hopper
  organizations:
    - { organization: Data Ops, role: read-only }
    - organization: Sales
- { email: ada@example.com, state: absent }
- { email: joan@example.com, name: =Joan, role: "custom:R1", invite_mode: none, developer: true }
`;

const utf16 = (text: string, isBigEndian = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return isBigEndian ? bytes.swap16() : bytes;
};

const FORMS: [what: string, data: string | Uint8Array, format?: RosterFormat][] = [
  ["CSV", CSV, "csv"],
  ["CSV, recognised", CSV],
  ["CSV with a byte order mark", `\ufeff${CSV}`, "csv"],
  ["CSV in bytes with a byte order mark", Buffer.from(`\ufeff${CSV}`), "csv"],
  ["CSV with CRLF", CSV.replaceAll("\n", "\r\n"), "csv"],
  ["CSV with CR", CSV.replaceAll("\n", "\r"), "csv"],
  ["CSV without a last line break", CSV.trimEnd(), "csv"],
  ["CSV with semicolons", CSV.replaceAll(",", ";"), "csv"],
  ["CSV with tabs", CSV.replaceAll(",", "\t"), "csv"],
  ["TSV", CSV.replaceAll(",", "\t"), "tsv"],
  ["CSV in UTF-16, little-endian", utf16(CSV), "csv"],
  ["CSV in UTF-16, big-endian", utf16(CSV, true), "csv"],
  ["CSV in UTF-16 without a byte order mark", utf16(CSV).subarray(2), "csv"],
  ["CSV with a header in another case", CSV.replace(HEADER, HEADER.toUpperCase()), "csv"],
  ["CSV with spaces around header names", CSV.replace(HEADER, ` ${HEADER.replaceAll(",", " , ")} `), "csv"],
  ["CSV with spaces around values", CSV.replaceAll("Grace Hopper", "  Grace Hopper "), "csv"],
  [
    "CSV with blank rows",
    CSV.replaceAll("\ngrace", "\n,,,,,,,\n\n  \ngrace").replace(HEADER, `\n${HEADER}`),
    "csv",
  ],
  ["CSV with other spellings", CSV.replace("false", "FALSE").replace("absent", "Absent"), "csv"],
  ["CSV as we write it", toCsv(ROWS), "csv"],
  ["CSV as we write nested rows", toCsv(NESTED), "csv"],
  ["JSON", JSON.stringify(ROWS), "json"],
  ["JSON, recognised and indented", JSON.stringify(NESTED, null, "\t")],
  ["JSON in UTF-16", utf16(JSON.stringify(NESTED)), "json"],
  [
    "JSON with null and empty strings",
    JSON.stringify(ROWS.map((row) => ({ role: null, state: "", ...row }))),
    "json",
  ],
  ["JSON Lines", NESTED.map((row) => JSON.stringify(row)).join("\n"), "jsonl"],
  [
    "JSON Lines with CRLF and blank lines",
    ROWS.map((row) => `${JSON.stringify(row)}\r\n\r\n`).join(""),
    "jsonl",
  ],
  ["YAML", YAML, "yaml"],
  ["YAML of JSON", JSON.stringify(NESTED), "yaml"],
];

async function openRosterAccount() {
  const { client, sandbox } = await openAccount({
    users: [
      { email: "ada@example.com", role: { type: "predefined", name: "member" } },
      { email: "GRACE@example.com", name: "Grace" },
    ],
    organizations: [{ name: "Data Ops" }, { name: "Sales" }],
  });
  const changes = async (roster: Parameters<typeof planRoster>[1]) =>
    (await planRoster(client, roster)).changes;
  return { changes, sandbox };
}

test("the same roster in each form gives the same plan", async () => {
  const { changes } = await openRosterAccount();
  const expected = await changes(ROWS);
  expect(expected.map(({ kind, email }) => `${kind} ${email}`)).toEqual([
    "create alan@example.com",
    "create joan@example.com",
    "update GRACE@example.com",
    "ensure_member GRACE@example.com",
    "ensure_member GRACE@example.com",
    "delete ada@example.com",
  ]);
  expect(expected[0]?.to).toEqual({
    name: "Alan\nTuring",
    role: "member",
    inviteMode: "email_link",
    isDeveloper: false,
  });
  expect(expected[1]?.to).toEqual({
    name: "=Joan",
    role: "custom:R1",
    inviteMode: "none",
    isDeveloper: true,
  });
  expect(await changes(NESTED)).toEqual(expected);
  for (const [what, data, format] of FORMS) {
    expect(await changes(await parseRoster(data, { format })), what).toEqual(expected);
  }
});

test("blank rows are counted", async () => {
  const roster = await parseRoster("email\n\na@example.com\n  \n\n", { format: "csv" });
  expect(roster).toMatchObject({ rows: 1, blankRows: 3 });
  expect(await parseRoster('[null, {}, { "email": "a@example.com" }]', { format: "json" })).toMatchObject({
    rows: 1,
    blankRows: 2,
  });
});

const JSON_ROW = '{ "email": "a@example.com" }';

const REFUSED: [what: string, data: string | Uint8Array, format: RosterFormat, message: string | RegExp][] = [
  ["no address", "email,name\n,Ada", "csv", "people: line 2, email is required, since the row is not blank"],
  [
    "no valid address",
    "email\nnope",
    "csv",
    'people: line 2, email must be an email address, received "nope"',
  ],
  [
    "an address that is too long",
    `email\n${"a".repeat(244)}@example.com`,
    "csv",
    /line 2, email must have at most 255/,
  ],
  [
    "an unknown column",
    "email,nmae\na@example.com,A",
    "csv",
    /^people: line 1 unknown column "nmae"; expected email, name/,
  ],
  ["a nameless column", "email,\na@example.com,", "csv", /line 1 column 2 has no name/],
  ["a duplicate column", "email,name,Name\na@example.com,A,A", "csv", /line 1 has the column "name" twice/],
  ["no column email", "name\nAda", "csv", /line 1 has no column email/],
  ["no header", "\n \n", "csv", /has no header; expected columns: email/],
  ["a short row", "email,name\n\na@example.com", "csv", "people: line 3 has 1 cells, the header has 2"],
  [
    "a long row after a quoted line break",
    'email,name\na@example.com,"A\nB"\nb@example.com,B,,',
    "csv",
    /line 4 has 4 cells/,
  ],
  ["an open quote", 'email,name\na@example.com,"A', "csv", /line 2 is not valid CSV/],
  [
    "an unknown role",
    "email,role\na@example.com,boss",
    "csv",
    'people: line 2, role must be one of admin, member, annotator or custom:<id>, received "boss"',
  ],
  [
    "an unknown invite mode",
    "email,invite_mode\na@example.com,mail",
    "csv",
    /line 2, invite_mode must be one of email_link, none/,
  ],
  [
    "an unknown developer value",
    "email,developer\na@example.com,yes",
    "csv",
    /line 2, developer must be one of true, false/,
  ],
  [
    "an unknown state",
    "email,state\na@example.com,gone",
    "csv",
    /line 2, state must be one of present, absent/,
  ],
  [
    "a long name",
    `email,name\na@example.com,${"x".repeat(256)}`,
    "csv",
    /line 2, name must have at most 255 characters, received 256/,
  ],
  [
    "a role without an organization",
    "email,organization_role\na@example.com,admin",
    "csv",
    /line 2, organization_role requires an organization/,
  ],
  [
    "two names",
    "email,name\na@example.com,A\nA@example.com,B",
    "csv",
    'people: line 3, name disagrees with line 2 about a@example.com: "B" instead of "A"',
  ],
  [
    "two roles",
    "email,role\na@example.com,admin\na@example.com,member",
    "csv",
    /line 3, role disagrees with line 2/,
  ],
  [
    "two states",
    "email,state\na@example.com,absent\na@example.com,present",
    "csv",
    /line 3, state disagrees with line 2/,
  ],
  [
    "absent and a member",
    "email,state,organization\na@example.com,absent,\na@example.com,,Sales",
    "csv",
    /line 3, state disagrees/,
  ],
  [
    "two roles in an organization",
    "email,organization,organization_role\na@example.com,Sales,admin\na@example.com,Sales,member",
    "csv",
    /line 3, organization_role disagrees/,
  ],
  [
    "a member and none",
    "email,organization,state\na@example.com,Sales,\na@example.com,Sales,absent",
    "csv",
    /line 3, state disagrees/,
  ],
  ["two mistakes", "email,role\nnope,boss", "csv", /line 2, email must be .*; line 2, role must be/],
  [
    "bytes that are no text",
    Uint8Array.of(0x65, 0xff, 0x65),
    "csv",
    "people: is not valid UTF-8 text: save it as UTF-8",
  ],
  ["half of a UTF-16 character", Uint8Array.of(0xff, 0xfe, 0x65), "csv", /is not valid UTF-16LE text/],
  ["JSON that is none", "[{]", "json", /^people: is not valid JSON/],
  ["JSON without a list", JSON_ROW, "json", /must be a list of rows, received/],
  ["empty JSON", " ", "json", /is empty; an empty roster is \[\]/],
  ["a JSON row that is none", `[${JSON_ROW}, 7]`, "json", "people: row 2 must be an object, received 7"],
  [
    "a JSON row without a valid address",
    `[${JSON_ROW}, { "email": 7 }]`,
    "json",
    "people: row 2, email must be a string, received 7",
  ],
  [
    "an unknown column in JSON",
    '[{ "email": "a@example.com", "nmae": "A" }]',
    "json",
    /row 1 has an unknown column "nmae"; expected/,
  ],
  [
    "a duplicate column in JSON",
    `[${JSON_ROW}, { "email": "a@b.io", "em\\u0061il": "c@d.io" }]`,
    "json",
    /row 2 has the column "email" twice/,
  ],
  [
    "a duplicate column in another case",
    '[{ "email": "a@b.io", "Email": "a@b.io" }]',
    "json",
    /row 1 has the column "email" twice/,
  ],
  [
    "organizations that are no list",
    '[{ "email": "a@b.io", "organizations": "Sales" }]',
    "json",
    /row 1, organizations must be a list/,
  ],
  [
    "an organization that is none",
    '[{ "email": "a@b.io", "organizations": ["Sales"] }]',
    "json",
    /row 1, organizations\[0\] must be \{/,
  ],
  [
    "an organization without a name",
    '[{ "email": "a@b.io", "organizations": [{ "role": "admin" }] }]',
    "json",
    /organizations\[0\]\.organization is required/,
  ],
  [
    "a wrong role in organizations",
    '[{ "email": "a@b.io", "organizations": [{ "organization": "S", "role": "x" }] }]',
    "json",
    /organizations\[0\]\.role must be one of/,
  ],
  [
    "both kinds of organization",
    '[{ "email": "a@b.io", "organization": "S", "organizations": [{ "organization": "T" }] }]',
    "json",
    /cannot be combined with organization/,
  ],
  ["a JSON line that is none", `${JSON_ROW}\n\n{`, "jsonl", /row 3 is not valid JSON/],
  ["YAML that is none", "- email: [", "yaml", /is not valid/],
  ["a duplicate column in YAML", "- email: a@b.io\n  email: c@d.io", "yaml", /unique/i],
  ["two YAML documents", "[]\n---\n[]", "yaml", /must be one document/],
  ["empty YAML", "# nobody", "yaml", /is empty|must be a list/],
  [
    "a YAML row without a valid address",
    "- email: a@b.io\n- email: nope",
    "yaml",
    /row 2, email must be an email address/,
  ],
];

test.each(REFUSED)("refused: %s", async (_, data, format, message) => {
  const error = await rejection(parseRoster(data, { format, source: "people" }));
  expect(error).toMatchObject({ name: "ValidationError" });
  if (!(error instanceof Error)) throw error;
  if (typeof message === "string") expect(error.message).toBe(message);
  else expect(error.message).toMatch(message);
  expect(error.message).toMatch(/^people: /);
});

test("of many mistakes the first twenty are named, and how many more there are", async () => {
  const data = `email\n${"nope\n".repeat(30)}`;
  const error = await rejection(parseRoster(data, { format: "csv" }));
  expect(String(error)).toMatch(/line 21, email .*; and 10 more$/);
});

test("an array of rows is checked as a file is, before any request", async () => {
  const { changes, sandbox } = await openRosterAccount();
  const rows = [{ email: "a@example.com" }, { email: "b@example.com", role: "boss" }];
  expect(String(await rejection(changes(rows)))).toMatch(/roster: row 2, role must be one of/);
  expect(sandbox.requests).toEqual([]);
});

test("an unknown format is refused", async () => {
  const error = await rejection(parseRoster("", { format: "xlsx" as RosterFormat }));
  expect(String(error)).toMatch(/format must be one of csv, tsv, json, jsonl, yaml, received "xlsx"/);
});

test("what a spreadsheet would take for a formula is guarded, and comes back as it was", async () => {
  const names = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "'=1",
    "''-x",
    "'quoted'",
    "plain",
    'a"b',
    "a,b",
    "a;b",
    "a\tb",
    "a\nb",
    "'",
  ];
  const rows = names.map((name, index) => ({ email: `u${index}@example.com`, name }));
  const csv = toCsv(rows);
  for (const cell of csv.split(/[,\r\n]+/)) expect(cell).not.toMatch(/^[=+\-@]/);
  expect(csv).toContain(",'=1+1,");
  expect(csv).toContain(",''=1,");
  const { people } = await parseRoster(csv, { format: "csv" });
  expect(people.map(({ name }) => name)).toEqual(names);
});
