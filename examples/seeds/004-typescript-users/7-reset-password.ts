// Seed 004, "Reset Password".
import { resetPassword } from "ax-users";

await resetPassword({ userId: "your_user_id" });
