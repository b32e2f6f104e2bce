/** A street begins to publish a category: what was reported of it in the last 90 days becomes public. */
export const publishedEvent = 'open311.service_published';
