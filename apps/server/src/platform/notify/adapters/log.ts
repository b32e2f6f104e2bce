import type { Log } from '../../events/dispatcher.ts';
import type { ChannelAdapter } from '../adapter.ts';

/** Stands in where no provider is set up: says that something would have gone out, and nothing about whom or what. */
export function logAdapter(log: Log): ChannelAdapter {
  return {
    channel: 'log',
    confirms: false,
    send({ id, template }) {
      log.info({ delivery: id, template }, 'notification delivered to the log');
      return Promise.resolve({ reference: null });
    },
  };
}
