/** `created_at` → `createdAt`. */
export const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** `createdAt` → `created_at`. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, "_$&").toLowerCase();
