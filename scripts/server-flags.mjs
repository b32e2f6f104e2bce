/**
 * What a process that serves is started with, by `npm start`, `npx gongzhi serve` and the measurements. Requests leave much
 * behind that nobody needs a moment later; V8 lets it pile up to 3 × 16 MB and more before it looks. With a nursery of 4 MB
 * a server takes less memory, and no more time (docs/operations.md).
 */
export const serverFlags = ['--max-semi-space-size=4'];
