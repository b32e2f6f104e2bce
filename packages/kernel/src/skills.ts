/** What somebody can do: the catalogue asks for these words, and staff has them. */
export const SKILLS = [
  'plumbing',
  'electrical',
  'carpentry',
  'lift',
  'heating',
  'gas',
  'fire',
  'security',
  'cleaning',
  'greening',
  'access_control',
  'delivery',
  'care',
  'office',
] as const;
export type Skill = (typeof SKILLS)[number];
