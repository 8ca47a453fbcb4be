// Seed 004, "Create a User".
import { createUser } from "ax-users";

const user = await createUser({
  name: "Jane Smith",
  email: "jane.smith@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link", // "none" | "email_link" | "temporary_password"
});

// Idempotent in every mode, also if an active user has the address. A password is returned only with "created".
console.log(user.email, user.status, user.outcome);
