// Seed 004, "Get a User".
import { getUser } from "ax-users";

const user = await getUser({ userId: "your_user_id" });

console.log(user.email, user.role);
