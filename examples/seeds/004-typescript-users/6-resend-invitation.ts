// Seed 004, "Resend Invitation".
import { resendInvitation } from "ax-users";

await resendInvitation({ userId: "your_user_id" });
