export {
  Button,
  buttonClass,
  type ButtonProps,
  type ButtonSize,
  type ButtonVariant,
  IconButton,
} from './Button.tsx';
export { Card, cardClass } from './Card.tsx';
export { Checkbox, type Choice, RadioGroup, Segmented, TileChoice } from './Choice.tsx';
export { Dialog, type DialogProps, Sheet } from './Dialog.tsx';
export { TextField, type TextFieldProps } from './Field.tsx';
export { Icon } from './Icon.tsx';
export { MessageSettings } from './MessageSettings.tsx';
export { Notices } from './Notices.tsx';
export { announce, dismissNotice, notify } from './notices.ts';
export { PhotoThumb, type PhotoProps } from './Photo.tsx';
export { ShareBar, StripPlot, type StripPoint } from './Plots.tsx';
export { Progress, Skeleton, Spinner } from './Progress.tsx';
export { Select, type SelectOption } from './Select.tsx';
export { type Signature, SignaturePad, type SignaturePadProps } from './SignaturePad.tsx';
export { EmptyState, ErrorState, OfflineBanner } from './States.tsx';
export { Avatar, Badge, StatusChip, ToneIcon } from './Status.tsx';
export { type DueState, dueState } from './due.ts';
export { DueBar, RelativeTime } from './Time.tsx';
export { Timeline, type TimelineItem } from './Timeline.tsx';
export { cx, type Tone } from './tone.ts';
export { nowFor, useNow } from './useNow.ts';
export { LocaleProvider, useLocale } from './words.tsx';
export { WordsProvider } from './WordsProvider.tsx';
