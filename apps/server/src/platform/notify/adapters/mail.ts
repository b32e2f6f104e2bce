import type { Transporter } from 'nodemailer';
import { type ChannelAdapter, NotDeliverable } from '../adapter.ts';

export interface MailOptions {
  /** smtps://user:password@host:465, or smtp:// with STARTTLS. */
  readonly url: string;
  readonly from: string;
  readonly timeoutMilliseconds?: number;
}

/** Mail by SMTP. The message id is the delivery's, so that a mail that was sent twice is one in most mailboxes. */
export function mailAdapter(options: MailOptions): ChannelAdapter {
  const wait = options.timeoutMilliseconds ?? 10_000;
  let transport: Transporter | null = null;
  // Read when the first mail is sent: most houses send none.
  const open = async (): Promise<Transporter> => {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url: options.url,
      connectionTimeout: wait,
      greetingTimeout: wait,
      socketTimeout: wait,
      // A provider's page or file is never fetched into a mail.
      disableFileAccess: true,
      disableUrlAccess: true,
    } as never);
  };
  const domain = /@([^\s>]+)/.exec(options.from)?.[1] ?? 'localhost';
  return {
    channel: 'mail',
    confirms: false,
    async send(message) {
      try {
        transport ??= await open();
        const { messageId } = (await transport.sendMail({
          from: options.from,
          to: message.to,
          messageId: `<${message.id}@${domain}>`,
          subject: message.sentence,
          text: [message.sentence, message.reference, message.url ?? '']
            .filter((part) => part !== '')
            .join('\n\n'),
          headers: { 'Auto-Submitted': 'auto-generated' },
        })) as { messageId?: string };
        return { reference: messageId ?? null };
      } catch (error) {
        const { responseCode } = error as { responseCode?: number };
        // 5xx: the mailbox doesn't exist or doesn't want it. Words of the server may name people.
        if (responseCode !== undefined && responseCode >= 500)
          throw new NotDeliverable(`SMTP ${responseCode}`);
        throw new Error(responseCode === undefined ? 'no answer' : `SMTP ${responseCode}`);
      }
    },
  };
}
