// Seed 004, "Delete a User".
import { deleteUser } from "ax-users";

await deleteUser({ userId: "your_user_id" });
