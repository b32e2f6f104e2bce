import { expect, it } from 'vitest';
import { facilityInCode, facilityOf } from './facility.ts';

const scopeId = '01900000-0000-7000-8000-00000000aaaa';
const facilityId = '01900000-0000-7000-8000-00000000bbbb';

it('reads the code of a facility, from wherever the server is reached', () => {
  for (const origin of ['https://gongzhi.example', 'http://10.0.0.5:3000'])
    expect(facilityInCode(`${origin}/m/report?facility=${scopeId}.${facilityId}`)).toEqual({
      scopeId,
      facilityId,
    });
  expect(facilityOf(`${scopeId.toUpperCase()}.${facilityId}`)).toEqual({ scopeId, facilityId });
});

it.each([
  'https://gongzhi.example/m/orders?facility=x',
  `https://gongzhi.example/m/report?facility=${scopeId}`,
  `https://gongzhi.example/m/report?facility=${scopeId}.${facilityId}.more`,
  'weixin://dl/business',
  'javascript:alert(1)',
  'plain words',
  '',
])('takes %s for none of ours', (text) => {
  expect(facilityInCode(text)).toBeNull();
});
