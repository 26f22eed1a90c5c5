import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The parts of ONNX's protobuf schema that a small graph needs (onnx.proto3, IR version 8, opset 13). */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}
const int = (field: number, value: number) => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, content: readonly number[]) => [...varint(field * 8 + 2), ...varint(content.length), ...content];
const text = (field: number, content: string) => bytes(field, [...Buffer.from(content)]);
const FLOAT = 1;
const INT64 = 7;

const dimension = (size: number | string) => bytes(1, typeof size === 'number' ? int(1, size) : text(2, size));
const tensorType = (shape: readonly (number | string)[]) => bytes(1, [...int(1, FLOAT), ...bytes(2, shape.flatMap(dimension))]);
const valueInfo = (name: string, shape: readonly (number | string)[]) => [...text(1, name), ...bytes(2, tensorType(shape))];

function floats(name: string, dims: readonly number[], values: readonly number[]): number[] {
  const raw = [...new Uint8Array(Float32Array.from(values).buffer)];
  return [...dims.flatMap((size) => int(1, size)), ...int(2, FLOAT), ...text(8, name), ...bytes(9, raw)];
}
function longs(name: string, values: readonly number[]): number[] {
  const raw = [...new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer)];
  return [...int(1, values.length), ...int(2, INT64), ...text(8, name), ...bytes(9, raw)];
}
function node(op: string, inputs: readonly string[], output: string, attributes: readonly (readonly number[])[] = []): number[] {
  const all = attributes.flatMap((attribute) => bytes(5, attribute));
  return [...inputs.flatMap((name) => text(1, name)), ...text(2, output), ...text(4, op), ...all];
}
const intAttribute = (name: string, value: number) => [...text(1, name), ...int(3, value), ...int(20, 2)];
const intsAttribute = (name: string, values: readonly number[]) => [
  ...text(1, name),
  ...values.flatMap((each) => int(8, each)),
  ...int(20, 7),
];

export interface TinyModel {
  /** Contexts at once: a name for any number. */
  readonly batch?: number | string;
  readonly inputLength?: number;
  readonly steps?: number;
  /** What is added to the mean of the context for the quantiles 0.1 … 0.9. */
  readonly offsets?: readonly number[];
  /** Three outputs p10, p50, p90 instead of one. */
  readonly isSplit?: boolean;
}

/** An ONNX model that predicts the mean of its context, plus an offset for each quantile. */
export function tinyModel({ batch = 'N', inputLength = 512, steps = 60, offsets, isSplit = false }: TinyModel = {}): Uint8Array {
  const levels = offsets ?? [-4, -3, -2, -1, 0, 1, 2, 3, 4];
  const spread = (values: readonly number[]) => values.flatMap((value) => new Array<number>(steps).fill(value));
  const mean = node('ReduceMean', ['context'], 'mean', [intsAttribute('axes', [1]), intAttribute('keepdims', 1)]);
  const whole = [
    ...bytes(1, mean),
    ...bytes(1, node('Unsqueeze', ['mean', 'axis'], 'level')),
    ...bytes(1, node('Add', ['level', 'offsets'], 'quantiles')),
    ...text(2, 'tiny'),
    ...bytes(5, floats('offsets', [1, levels.length, steps], spread(levels))),
    ...bytes(5, longs('axis', [2])),
    ...bytes(11, valueInfo('context', [batch, inputLength])),
    ...bytes(12, valueInfo('quantiles', [batch, levels.length, steps])),
  ];
  const names = ['p10', 'p50', 'p90'] as const;
  const split = [
    ...bytes(1, mean),
    ...names.flatMap((name) => bytes(1, node('Add', ['mean', `${name}_offset`], name))),
    ...text(2, 'tiny'),
    ...names.flatMap((name, index) => bytes(5, floats(`${name}_offset`, [1, steps], spread([levels[index * 4] ?? 0])))),
    ...bytes(11, valueInfo('context', [batch, inputLength])),
    ...names.flatMap((name) => bytes(12, valueInfo(name, [batch, steps]))),
  ];
  const opset = [...text(1, ''), ...int(2, 13)];
  return Uint8Array.from([...int(1, 8), ...bytes(7, isSplit ? split : whole), ...bytes(8, opset)]);
}

/** The path of a file with this content in a new folder of the system's temporary one. */
export async function writeModel(content: Uint8Array | string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'aidog-model-')), 'model.onnx');
  await writeFile(file, content);
  return file;
}
