// Seed 001, "Get a User".
import { ArizeClient } from "ax-users";

const client = new ArizeClient();

// By ID
const byId = await client.users.get({ user: "your-user-id" });
console.log(byId.id, byId.email, byId.role);

// By email (case-insensitive exact match)
const byEmail = await client.users.get({ user: "ada@example.com" });
console.log(byEmail.id, byEmail.email, byEmail.role);

// If no user has the email, Python's get returns None. Ours throws a NotFoundError, and findByEmail returns null.
console.log(await client.users.findByEmail("nobody@example.com"));
