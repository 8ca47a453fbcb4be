// Seed 003, Python's OrganizationsClient: its methods in the same order, with all their arguments.
import { ArizeClient, ValidationError } from "ax-users";

const client = new ArizeClient();

// list(name, limit, cursor)
const { data, pagination } = await client.organizations.list({ name: "data", limit: 1 });
const { nextCursor: cursor } = pagination;
const next = await client.organizations.list({ name: "data", limit: 1, cursor });
for (const { id, name } of [...data, ...next.data]) console.log(id, name);

// get(organization), by ID or name. An ID without padding works; the Python client takes it for a name.
const organization = await client.organizations.get({ organization: "Data Science" });
const same = await client.organizations.get({ organization: organization.id.replaceAll("=", "") });
console.log(same.id === organization.id);

// create(name, description)
const research = await client.organizations.create({ name: "Research", description: "Basic research" });
console.log(research.name, research.description, research.createdAt instanceof Date);

// delete(organization)
await client.organizations.delete({ organization: "Old Data" });

// update(organization, name, description), which raises ValueError if neither is given
const renamed = await client.organizations.update({
  organization: "Research",
  name: "Basic Research",
  description: "All of it",
});
console.log(renamed.name, renamed.description);
// An empty description clears it, as the seed says. Today's API requires null for that: the client sends it.
const cleared = await client.organizations.update({ organization: renamed.id, description: "" });
console.log(JSON.stringify(cleared.description));
await client.organizations.update({ organization: "Basic Research" }).catch((error: unknown) => {
  if (!(error instanceof ValidationError)) throw error;
  console.log("refused:", error.message);
});

// add_user(organization, user_id, role). Today's API calls "read-only" READ_ONLY; the client accepts both.
const membership = await client.organizations.addUser({
  organization: "Data Science",
  userId: "your-user-id",
  role: { type: "predefined", name: "read-only" },
});
console.log(membership.userId, membership.role);
const promoted = await client.organizations.addUser({
  organization: "Data Science",
  user: "user@example.com", // Python accepts only an ID
  role: { type: "predefined", name: "admin" },
});
console.log(promoted.id === membership.id, promoted.role);

// remove_user(organization, user_id)
await client.organizations.removeUser({ organization: "Data Science", userId: "leaving-user-id" });

// Organization.to_json()
console.log(JSON.stringify(organization));
