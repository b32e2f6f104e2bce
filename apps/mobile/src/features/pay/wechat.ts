import type { Answer } from '../../api-types.ts';

type Next = Answer<'orderPayment'>['next'];

interface WechatBridge {
  invoke(
    name: 'getBrandWCPayRequest',
    parameters: Readonly<Record<string, string>>,
    done: (answer: { readonly err_msg?: string }) => void,
  ): void;
}

declare global {
  interface Window {
    WeixinJSBridge?: WechatBridge;
  }
}

/** WeChat's own browser: it pays by its own sheet, and leads to no other page. */
export const isInWechat = (): boolean => /MicroMessenger/i.test(navigator.userAgent);

/** The bridge is there some time after the page. */
function bridge(): Promise<WechatBridge> {
  const found = window.WeixinJSBridge;
  if (found !== undefined) return Promise.resolve(found);
  return new Promise((resolve) => {
    document.addEventListener(
      'WeixinJSBridgeReady',
      () => {
        if (window.WeixinJSBridge !== undefined) resolve(window.WeixinJSBridge);
      },
      { once: true },
    );
  });
}

/**
 * To where it is paid. What WeChat answers to the page is no proof of anything: the payment's own page asks the server,
 * whatever came back.
 */
export async function goOnToPay(next: Next): Promise<void> {
  if (next?.kind === 'redirect') window.location.assign(next.url);
  if (next?.kind !== 'wechat') return;
  const found = await bridge();
  await new Promise<void>((resolve) => {
    found.invoke('getBrandWCPayRequest', next.parameters, () => {
      resolve();
    });
  });
}
