/** `created_at` → `createdAt`. */
export const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
