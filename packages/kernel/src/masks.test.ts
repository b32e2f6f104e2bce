import { expect, it } from 'vitest';
import { maskName, maskPhone } from './masks.ts';

it.each([
  ['张三丰', '张**'],
  ['张三', '张*'],
  ['欧阳修', '欧**'],
  ['张', '张*'],
  ['𠮷田', '𠮷*'],
  ['John Smith', 'J*** S****'],
  ['  李四 ', '李*'],
  ['', ''],
])('masks the name %j as %j', (name, mask) => {
  expect(maskName(name)).toBe(mask);
});

it.each([
  ['13812345678', '138****5678'],
  ['138 1234 5678', '138****5678'],
  ['+86 13812345678', '138****5678'],
  ['010-65001234', '010****1234'],
  ['65001234', '65**1234'],
  ['96139', '***39'],
  ['12', '**'],
  ['', ''],
])('masks the number %j as %j', (phone, mask) => {
  expect(maskPhone(phone)).toBe(mask);
});
