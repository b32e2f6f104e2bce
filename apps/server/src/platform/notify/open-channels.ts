import type { Clock } from '../clock/clock.ts';
import type { Log } from '../events/dispatcher.ts';
import type { Channels, ChannelAdapter } from './adapter.ts';
import { logAdapter } from './adapters/log.ts';
import { mailAdapter } from './adapters/mail.ts';
import { smsAdapter } from './adapters/sms.ts';
import { wechatAdapter } from './adapters/wechat.ts';
import { workChatAdapter } from './adapters/work-chat.ts';
import type { ChannelConfig } from '../../config-channels.ts';

/** An adapter per provider that the operator has set up; the log where there is none. */
export function openChannels(config: ChannelConfig, clock: Clock, log: Log): Channels {
  const adapters: ChannelAdapter[] = [logAdapter(log)];
  if (config.sms !== null) adapters.push(smsAdapter(config.sms, clock));
  if (config.wechat !== null) adapters.push(wechatAdapter(config.wechat, clock));
  if (config.workChatHosts.length > 0) adapters.push(workChatAdapter({ hosts: config.workChatHosts }, clock));
  if (config.mail !== null) adapters.push(mailAdapter(config.mail));
  return new Map(adapters.map((adapter) => [adapter.channel, adapter]));
}
