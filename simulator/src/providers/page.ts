import type { Trade } from './book.ts';
import { yuan } from './http.ts';

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const style = `body{font:17px/1.5 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1b1f24}
main{max-width:26rem;margin:0 auto;padding:24px 16px}
.mark{background:#7a2e00;color:#fff;padding:12px 16px;border-radius:8px;font-weight:600}
.sum{font-size:40px;font-weight:700;margin:24px 0 0;text-align:center}.what{text-align:center;margin:0 0 24px}
button,a.out{display:block;box-sizing:border-box;width:100%;min-height:56px;font:inherit;border-radius:8px;border:1px solid #5b6570;background:#fff;color:#1b1f24;margin:12px 0;text-align:center;text-decoration:none;line-height:54px}
button{background:#0a5c36;border-color:#0a5c36;color:#fff;font-weight:600;line-height:1.3}`;

const frame = (inside: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>模拟收银台 Simulated cashier</title><style>${style}</style></head><body><main><p class="mark" role="note">模拟收银台：不会动用任何真钱<br>Simulated cashier: no money moves</p>${inside}</main></body></html>`;

/** Stands where the provider's own page would; nobody could take it for that. */
export function cashierPage(trade: Trade, returnUrl: string): string {
  const name = trade.provider === 'wechat' ? '微信支付 WeChat Pay' : '支付宝 Alipay';
  return frame(
    `<h1 style="font-size:20px">${name}</h1><p class="sum">¥${yuan(trade.amountFen)}</p><p class="what">${escape(trade.description)}</p>${
      trade.state === 'open'
        ? `<form method="post"><input type="hidden" name="return" value="${escape(returnUrl)}"><button type="submit">支付 Pay</button></form>`
        : `<p class="what">${trade.state === 'paid' ? '已支付 Paid' : '已关闭 Closed'}</p>`
    }<a class="out" href="${escape(returnUrl)}">返回 Go back</a>`,
  );
}

export const overPage = (): string => frame('<p class="what">这笔订单已经结束。This order is over.</p>');
