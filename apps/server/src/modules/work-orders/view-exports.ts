import type { ListExport } from '../../platform/exports/lists.ts';

/** How orders and what is counted of them leave the house. */
export const orderExports: readonly ListExport[] = [
  {
    name: 'orders',
    path: '/work-orders',
    columns: [
      ['exports.column.number', 16],
      ['exports.column.status', 16],
      ['exports.column.category', 20],
      ['exports.column.priority', 10],
      ['imports.column.compound', 20],
      ['exports.column.place', 24],
      ['exports.column.words', 50],
      ['exports.column.assignee', 12],
      ['exports.column.createdAt', 17],
      ['exports.column.resolveDueAt', 17],
      ['exports.column.late', 8],
      ['exports.column.urged', 8],
      ['exports.column.updatedAt', 17],
    ],
    rows: (order, { locale, label, time }) => [
      [
        order.number,
        label(`statuses.${order.status}`, order.status),
        locale === 'zh-CN' ? order.categoryNameZh : order.categoryNameEn,
        label(`priorities.${order.priority}`, order.priority),
        order.scopeName,
        order.placeLabel,
        order.description,
        order.assigneeName,
        time(order.createdAt),
        time(order.resolveDueAt),
        order.isLate ? label('imports.template.yes') : '',
        order.urgeCount,
        time(order.updatedAt),
      ],
    ],
  },
  {
    name: 'on-time',
    path: '/work-orders/reports/on-time',
    items: (body) => body.rows,
    columns: [
      ['exports.column.group', 24],
      ['exports.column.total', 10],
      ['exports.column.due', 12],
      ['exports.column.onTime', 10],
      ['exports.column.lateCount', 10],
      ['exports.column.open', 10],
      ['exports.column.rate', 10],
    ],
    rows: (row, { locale }) => [
      [
        locale === 'en' && row.labelEn !== '' ? row.labelEn : row.label,
        row.total,
        row.dueTotal,
        row.onTime,
        row.late,
        row.open,
        row.rate === null ? null : Math.round(row.rate * 10_000) / 10_000,
      ],
    ],
  },
];
