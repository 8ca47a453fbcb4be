// Adds everybody in a CSV file (email,name,role) to an organization. Run it again after a crash: it continues where it
// stopped. Arguments: the file and the organization. It writes each result to FILE.journal, including one-time passwords.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { ArizeClient, type BulkUserCreationResult, type CreateUserParams } from "ax-users";

const [file = "", organization = ""] = process.argv.slice(2);
const journal = `${file}.journal`;
const client = new ArizeClient();

// Drops the text after the last line break: a line that was cut off when the process was killed.
const lines = existsSync(journal) ? readFileSync(journal, "utf8").split("\n").slice(0, -1) : [];
writeFileSync(journal, lines.map((line) => `${line}\n`).join(""), { mode: 0o600 });
const done: { email: string; userId: string }[] = lines.map((line) => JSON.parse(line));
const known = new Set(done.map(({ email }) => email));

const rows = readFileSync(file, "utf8").trim().split(/\r?\n/);
const users = rows.map((row): CreateUserParams => {
  const [email = "", name = "", role = ""] = row.split(",");
  const assignment = { type: "predefined", name: role as "member" } as const;
  return { email, name, role: assignment, inviteMode: "temporary_password" };
});
const missing = users.filter(({ email }) => !known.has(email));
const stop = new AbortController();
function onResult(result: BulkUserCreationResult) {
  if (result.status === "failed") return;
  const entry = { email: result.email, userId: result.user.id, password: result.user.temporaryPassword };
  try {
    stop.signal.throwIfAborted(); // Half a line may have been written: append nothing to it.
    appendFileSync(journal, `${JSON.stringify(entry)}\n`);
    done.push(entry);
  } catch (error) {
    stop.abort(error);
    console.log(`${result.email}: ${result.status}, but the password is lost: ${error}`);
    process.exitCode = 1;
  }
}
const created = await client.users.createMany({ users: missing, onResult }, { signal: stop.signal });
const members = done.map(({ userId }) => ({ userId, role: { type: "predefined", name: "member" } as const }));
const added = await client.organizations.addUsers({ organization, users: members });
console.log(`${missing.length} of ${users.length} were missing, ${added.length} are members`);
for (const result of [...created, ...added]) {
  if (!("error" in result)) continue;
  console.log(`${("userId" in result && result.userId) || result.email}: ${result.error}`);
  process.exitCode = 1;
}
