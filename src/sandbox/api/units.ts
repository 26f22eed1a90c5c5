/** A unit as Datadog's query answers describe it. */
export interface UnitBody {
  readonly id: number;
  readonly family: string;
  readonly name: string;
  readonly plural: string;
  readonly short_name: string;
  readonly scale_factor: number;
}

type Row = readonly [family: string, plural: string, shortName: string, scaleFactor: number];

/** Scale factors are in bytes for bytes, seconds for time. */
const UNITS: Readonly<Record<string, Row>> = {
  byte: ['bytes', 'bytes', 'B', 1],
  kibibyte: ['bytes', 'kibibytes', 'KiB', 1024],
  mebibyte: ['bytes', 'mebibytes', 'MiB', 1_048_576],
  gibibyte: ['bytes', 'gibibytes', 'GiB', 1_073_741_824],
  nanosecond: ['time', 'nanoseconds', 'ns', 1e-9],
  microsecond: ['time', 'microseconds', 'μs', 1e-6],
  millisecond: ['time', 'milliseconds', 'ms', 1e-3],
  second: ['time', 'seconds', 's', 1],
  minute: ['time', 'minutes', 'min', 60],
  hour: ['time', 'hours', 'hr', 3600],
  percent: ['percentage', 'percent', '%', 1],
  fraction: ['percentage', 'fractions', 'fraction', 100],
  request: ['network', 'requests', 'req', 1],
  hit: ['cache', 'hits', 'hit', 1],
  error: ['system', 'errors', 'err', 1],
  operation: ['db', 'operations', 'op', 1],
};

/** Unit and per-unit of a name such as `millisecond` or `byte/second`; names that are not in the table are kept as they are. */
export function unitPair(name: string | null): readonly [UnitBody | null, UnitBody | null] {
  if (name === null || name === '') return [null, null];
  const [unit = '', perUnit] = name.split('/');
  return [unitBody(unit), perUnit === undefined ? null : unitBody(perUnit)];
}

function unitBody(name: string): UnitBody {
  const id = Object.keys(UNITS).indexOf(name) + 1;
  const [family, plural, short_name, scale_factor] = Object.hasOwn(UNITS, name)
    ? (UNITS[name] as Row)
    : (['general', `${name}s`, name, 1] as const);
  return { id, family, name, plural, short_name, scale_factor };
}
