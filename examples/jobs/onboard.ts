// Adds everybody in a CSV file (email,name,role; no header, no quotes) to an organization. After a crash, run it again: it
// continues. Arguments: the file, the organization, and the journal for results and one-time passwords (FILE.journal).
import { appendFileSync, readFileSync, truncateSync } from "node:fs";
import { ArizeClient, type BulkUserCreationResult, type CreateUserParams } from "ax-users";

const [file = "", organization = "", journal = `${file}.journal`] = process.argv.slice(2);
appendFileSync(journal, "", { mode: 0o600 }); // Creates the file.
truncateSync(journal, readFileSync(journal).lastIndexOf("\n") + 1); // A crash may have left half a line.
type Entry = { email: string; userId: string; role: "annotator" | "member" };
const lines = readFileSync(journal, "utf8").split("\n").slice(0, -1);
const done = lines.map((line): Entry => JSON.parse(line));

const rows = readFileSync(file, "utf8").trim().split(/\r?\n/);
const predefined = <Name>(name: Name) => ({ type: "predefined", name }) as const;
const users = rows.map((row): CreateUserParams => {
  const [email = "", name = "", role = ""] = row.split(",");
  return { email, name, role: predefined(role as "member"), inviteMode: "temporary_password" };
});
const missing = users.filter(({ email }) => !done.some((entry) => entry.email === email));
const client = new ArizeClient();
const stop = new AbortController();
function fail(message: string) {
  console.log(message);
  process.exitCode = 1;
}
function onResult(result: BulkUserCreationResult) {
  if (result.status === "failed") return fail(`${result.email}: ${result.error}`);
  const { email, status, user } = result;
  const role = user.role.name === "annotator" ? "annotator" : "member"; // As the API requires.
  const entry = { email, userId: user.id, role, password: user.temporaryPassword } as const;
  try {
    stop.signal.throwIfAborted(); // Half a line may have been written: append nothing to it.
    appendFileSync(journal, `${JSON.stringify(entry)}\n`);
    done.push(entry);
    if (!entry.password) fail(`${email}: ${status}, but no password is known: resend the invitation`);
  } catch (error) {
    stop.abort(error);
    fail(`${email}: ${status}, but the password is lost: ${error}`);
  }
}
await client.users.createMany({ users: missing, onResult }, { signal: stop.signal });
const members = done.map(({ userId, role }) => ({ userId, role: predefined(role) }));
const added = await client.organizations.addUsers({ organization, users: members });
console.log(`${missing.length} of ${users.length} were missing, ${added.length} are members`);
for (const result of added) if ("error" in result) fail(`${result.userId}: ${result.error}`);
