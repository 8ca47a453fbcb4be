// Copies the names of a directory to the account, and reports people who are missing. Argument: a file with the columns
// email and name, such as a CSV.
import { ArizeClient, type UpdateManyUser } from "ax-users";
import { readRosterFile } from "ax-users/roster";

const client = new ArizeClient({ deadlineMs: 30 * 60_000 });
const { people } = await readRosterFile(process.argv[2] ?? "");
const directory = new Map(people.map(({ email, name }) => [email.toLowerCase(), name]));

const users: UpdateManyUser[] = [];
for await (const { id, email, name } of client.users.list()) {
  const wanted = directory.get(email.toLowerCase());
  if (!directory.delete(email.toLowerCase())) console.log(`not in the directory: ${email}`);
  else if (wanted && wanted !== name) users.push({ userId: id, name: wanted });
}
for (const email of directory.keys()) console.log(`not in the account: ${email}`);

const results = await client.users.updateMany({ users });
for (const result of results) {
  if (result.status === "updated") console.log(`renamed: ${result.user.email} to ${result.user.name}`);
  else console.log(`${result.status}: ${result.userId}: ${result.error}`);
}
if (results.some(({ status }) => status !== "updated")) process.exitCode = 1;
