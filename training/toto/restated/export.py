"""Trace to ONNX, list the operations of the file, compare it with torch."""
import mmap
import os
import warnings

import torch

OPSET = 17
# Field numbers of onnx.proto.
MODEL_GRAPH, GRAPH_NODE, NODE_TYPE, NODE_ATTRIBUTE, ATTRIBUTE_GRAPH = 7, 1, 4, 5, 6
# Kernels of onnxruntime-web's plain WASM build that these graphs may use; anything else is refused.
ALLOWED_OPERATIONS = frozenset(
    'Abs Add And Atan Cast Clip Concat Constant ConstantOfShape Cos Div Equal Erf Exp Expand Flatten Gather GatherElements Gemm Identity '
    'Less LessOrEqual Greater GreaterOrEqual Log Loop MatMul Max Min Mul Neg Not Pow Range Reciprocal ReduceMax ReduceMean ReduceMin ReduceSum Reshape '
    'Shape Sigmoid Sign Slice Softmax Softplus Split Sqrt Squeeze Sub TopK Transpose Unsqueeze Where'.split()
)


class ExportError(Exception):
    """The graph is not what the extension can run."""


def export_graph(model, path, context=512):
    """Write model(context [1, L]) → quantiles [1, 9, H] as one static graph; returns its operations."""
    model.eval()
    is_half = any(buffer.dtype == torch.float16 for buffer in model.buffers())
    example = torch.sin(torch.arange(context, dtype=torch.float32) / 7).unsqueeze(0)
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter('ignore')
        torch.onnx.export(
            model, (example,), str(path), opset_version=OPSET, input_names=['context'], output_names=['quantiles'],
            do_constant_folding=not is_half, dynamic_axes=None,
        )
    operations = graph_operations(path)
    foreign = sorted(set(operations) - ALLOWED_OPERATIONS)
    if foreign:
        os.remove(path)
        raise ExportError(f'The graph needs {", ".join(foreign)}, which the plain WASM build does not promise.')
    return operations


def graph_operations(path):
    """How often each operation occurs, loops' bodies included: {type: count}. Reads the protobuf directly."""
    counts = {}
    with open(path, 'rb') as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for number, start, end in _fields(data, 0, len(data)):
            if number == MODEL_GRAPH:
                _count_nodes(data, start, end, counts)
    return counts


def _count_nodes(data, start, end, counts):
    for number, first, last in _fields(data, start, end):
        if number != GRAPH_NODE:
            continue
        for part, a, b in _fields(data, first, last):
            if part == NODE_TYPE:
                kind = data[a:b].decode()
                counts[kind] = counts.get(kind, 0) + 1
            elif part == NODE_ATTRIBUTE:
                for inner, c, d in _fields(data, a, b):
                    if inner == ATTRIBUTE_GRAPH:
                        _count_nodes(data, c, d, counts)


def _varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def _fields(data, at, end):
    """(field number, start, end) of each length-delimited field of a message; the others are stepped over."""
    while at < end:
        key, at = _varint(data, at)
        kind = key & 7
        if kind == 2:
            length, at = _varint(data, at)
            yield key >> 3, at, at + length
            at += length
        elif kind == 0:
            _, at = _varint(data, at)
        else:
            at += 8 if kind == 1 else 4


def probe_contexts(length=512):
    """Series a graph is compared on: season, drift, jumps, tiny, huge, constant, gaps, all missing."""
    generator = torch.Generator().manual_seed(3)
    at = torch.arange(length, dtype=torch.float32)
    noise = torch.randn(length, generator=generator)
    gaps = torch.sin(at / 9) + 0.1 * noise
    gaps[:40] = float('nan')
    gaps[100:180] = float('inf')
    rows = [torch.sin(at / 11) + 0.1 * noise, noise.cumsum(0), (at // 90) * 3 + noise, 1e-6 * (2 + noise), 1e9 + 1e7 * noise,
            torch.full((length,), 4.0), gaps, torch.full((length,), float('nan'))]
    return torch.stack(rows)


def largest_difference(path, model, context=512, threads=1):
    """Largest |ONNX - torch| over the band's width (p90 - p10, at least 1e-6 of the level) on the test series; None without onnxruntime."""
    try:
        import onnxruntime
    except ImportError:
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=['CPUExecutionProvider'])
    worst = 0.0
    for row in probe_contexts(context):
        with torch.no_grad():
            expected = model(row.unsqueeze(0))
        actual = torch.from_numpy(session.run(['quantiles'], {'context': row.unsqueeze(0).numpy()})[0])
        width = max(float((expected[:, -1] - expected[:, 0]).mean()), 1e-6 * float(expected.abs().max()), 1e-30)
        worst = max(worst, float((actual - expected).abs().max()) / width)
    return worst
