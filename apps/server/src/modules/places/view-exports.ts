import type { ListExport } from '../../platform/exports/lists.ts';

/** How lists of places leave the house. The titles are those the importer reads: what went out comes in again. */
export const placeExports: readonly ListExport[] = [
  {
    name: 'buildings',
    path: '/places/scopes/:scopeId/buildings',
    items: (body) => body.items,
    columns: [
      ['imports.column.building', 16],
      ['imports.column.floors', 8],
      ['imports.column.unit', 12],
      ['exports.column.households', 10],
    ],
    rows: (building) =>
      building.units.length === 0
        ? [[building.name, building.floors, '', 0]]
        : building.units.map((unit: { name: string; householdCount: number | null }) => [
            building.name,
            building.floors,
            unit.name,
            unit.householdCount,
          ]),
  },
  {
    name: 'households',
    path: '/places/scopes/:scopeId/households',
    columns: [
      ['exports.column.home', 24],
      ['imports.column.building', 16],
      ['imports.column.unit', 12],
      ['imports.column.room', 10],
      ['imports.column.floor', 8],
      ['imports.column.area', 14],
    ],
    rows: (home) => [
      [home.label, home.buildingName, home.unitName, home.roomNo, home.floor, Number(home.areaM2)],
    ],
  },
  {
    name: 'facilities',
    path: '/places/scopes/:scopeId/facilities',
    columns: [
      ['exports.column.facility', 30],
      ['exports.column.kind', 16],
    ],
    rows: (facility) => [[facility.label, facility.kind]],
  },
  {
    name: 'grids',
    path: '/places/scopes/:scopeId/grids',
    items: (body) => body.items,
    columns: [
      ['exports.column.code', 10],
      ['imports.column.grid', 20],
      ['exports.column.households', 10],
      ['exports.column.socialWorker', 14],
      ['exports.column.steward', 14],
    ],
    rows: (grid) => [[grid.code, grid.name, grid.householdCount, grid.socialWorkerName, grid.stewardName]],
  },
  {
    name: 'staff',
    path: '/places/scopes/:scopeId/staff',
    items: (body) => body.items,
    columns: [
      ['exports.column.name', 16],
      ['exports.column.role', 16],
      ['exports.column.title', 16],
      ['exports.column.skills', 40],
    ],
    rows: (member, { label }) => [
      [
        member.displayName,
        label(`roles.${member.role}`, member.role),
        member.title,
        member.skills.map((skill: string) => label(`skills.${skill}`, skill)).join(', '),
      ],
    ],
  },
  {
    name: 'people',
    path: '/people',
    columns: [
      ['imports.column.compound', 20],
      ['imports.column.person', 14],
      ['imports.column.phone', 16],
      ['exports.column.home', 24],
      ['imports.column.relation', 10],
      ['imports.column.startsOn', 12],
      ['imports.column.endsOn', 12],
    ],
    rows: (person, { label }) => {
      const who = [person.scopeName, person.nameMasked, person.phoneMasked];
      if (person.homes.length === 0) return [[...who, null, null, null, null]];
      return person.homes.map(
        (home: { label: string; relation: string; startsOn: string; endsOn: string | null }) => [
          ...who,
          home.label,
          label(`imports.choice.relation.${home.relation}`),
          home.startsOn,
          home.endsOn,
        ],
      );
    },
  },
  {
    name: 'takeovers',
    path: '/places/takeovers',
    columns: [
      ['imports.column.compound', 20],
      ['exports.column.from', 30],
      ['exports.column.to', 30],
      ['takeovers.kind', 24],
      ['exports.column.effectiveOn', 12],
      ['exports.column.lastDay', 12],
      ['exports.column.document', 24],
      ['exports.column.decidedBy', 20],
      ['exports.column.status', 12],
      ['exports.column.ordersPassed', 10],
    ],
    rows: (one, { label }) => {
      const named = (company: { name: string } | null, department: { name: string } | null) =>
        [company?.name, department?.name].filter(Boolean).join(' · ');
      return [
        [
          one.scopeName,
          named(one.fromCompany, one.fromDepartment),
          named(one.toCompany, one.toDepartment),
          label(`takeovers.kind.${one.kind}`, one.kind),
          one.effectiveOn,
          one.lastDay,
          one.documentNumber,
          one.decidedBy,
          label(`takeovers.state.${one.state}`, one.state),
          one.ordersPassed,
        ],
      ];
    },
  },
  {
    name: 'organisations',
    path: '/places/organisations',
    columns: [
      ['exports.column.unit', 30],
      ['orgTree.kind', 16],
      ['exports.column.ownedBuildings', 12],
    ],
    rows: (unit, { label }) => [
      [unit.name, label(`organisation.unitKind.${unit.kind}`, unit.kind), unit.buildingCount],
    ],
  },
];
