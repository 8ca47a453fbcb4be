// Seed 004, "List Users". The one-time warning that it promises does come.
import { listUsers } from "ax-users";

const { data: users, pagination } = await listUsers({
  email: "example.com", // optional case-insensitive partial match
  status: ["active", "invited"], // optional array of user statuses
  limit: 50,
});

console.log(users.length, pagination);
