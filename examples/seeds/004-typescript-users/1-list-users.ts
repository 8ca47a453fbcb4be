// Seed 004, "List Users". It prints the one-time warning that the seed describes.
import { listUsers } from "ax-users";

const { data: users, pagination } = await listUsers({
  email: "example.com", // optional case-insensitive partial match
  status: ["active", "invited"], // optional array of user statuses
  limit: 50,
});

console.log(users.length, pagination);
