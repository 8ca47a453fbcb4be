// Finds the users of many addresses with few requests. Arguments: addresses (default: three).
import { ArizeClient } from "ax-users";

const given = process.argv.slice(2);
const emails = given.length > 0 ? given : ["ada@example.com", "grace@example.com", "nobody@example.com"];
const client = new ArizeClient();

const users = await client.users.findByEmails(emails); // a Map, keyed by the address as given
for (const email of emails) console.log(`${email}: ${users.get(email)?.id ?? "no such user"}`);
