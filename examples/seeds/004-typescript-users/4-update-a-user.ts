// Seed 004, "Update a User". Since June 2026, changing isDeveloper requires an account admin, not USER_UPDATE.
import { updateUser } from "ax-users";

const user = await updateUser({
  userId: "your_user_id",
  name: "Jane Smith Updated",
  isDeveloper: true,
});

console.log(user.name, user.isDeveloper);
