// Seed 004, "Create a User".
import { createUser } from "ax-users";

const user = await createUser({
  name: "Jane Smith",
  email: "jane.smith@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link", // "none" | "email_link" | "temporary_password"
});

// Idempotent in every mode, also where somebody active has the address; a password only comes with "created".
console.log(user.email, user.status, user.outcome);
