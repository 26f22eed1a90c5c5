"""Reader and writer of the safetensors format: 8 bytes header length, JSON header, raw little-endian tensors.

Only torch and numpy are needed, so a conversion works where the `safetensors` package is not installed.
"""
import hashlib
import json
import struct
from pathlib import Path

import numpy as np
import torch

MAX_HEADER_BYTES = 100_000_000
NUMPY_TYPES = {'F64': '<f8', 'F32': '<f4', 'F16': '<f2', 'I64': '<i8', 'I32': '<i4', 'I16': '<i2', 'I8': 'i1', 'U8': 'u1', 'BOOL': 'u1'}

# sha256 of published files. A third party stated this one; it is compared for a warning, never to refuse a file.
KNOWN_FILES = {
    '316660d5afb47943e531f39242e0b02ca0b8bb73be5709dfe07ca80dfce9805e': 'Toto-2.0-4m, revision 8306a980',
}


class CheckpointError(Exception):
    """A checkpoint that cannot be used; the message is one sentence or list for the person who converts."""


class SafetensorsFile:
    """Names and shapes at once, tensors when asked for (the file is memory-mapped)."""

    def __init__(self, path):
        self.path = Path(path)
        self._entries, self._start = _read_header(self.path)
        self._bytes = np.memmap(self.path, dtype='u1', mode='r') if self._start < self.path.stat().st_size else np.zeros(0, 'u1')

    def names(self):
        return list(self._entries)

    def shape(self, name):
        return tuple(self._entries[name]['shape'])

    def tensor(self, name):
        """The tensor as float32, whatever it was stored as."""
        entry = self._entries[name]
        begin, end = entry['data_offsets']
        raw = np.asarray(self._bytes[self._start + begin : self._start + end])
        if entry['dtype'] == 'BF16':
            values = (raw.view('<u2').astype('<u4') << 16).view('<f4')
        else:
            values = raw.view(NUMPY_TYPES[entry['dtype']])
        return torch.from_numpy(values.astype('f4').reshape(entry['shape']))


def _read_header(path):
    try:
        size = path.stat().st_size
        with open(path, 'rb') as file:
            head = file.read(8)
            length = struct.unpack('<Q', head)[0] if len(head) == 8 else size
            if length > min(size - 8, MAX_HEADER_BYTES):
                raise CheckpointError(f'{path} is not a safetensors file: download model.safetensors again.')
            header = json.loads(file.read(length))
    except (ValueError, UnicodeDecodeError) as error:
        raise CheckpointError(f'{path} is not a safetensors file: download model.safetensors again.') from error
    except OSError as error:
        raise CheckpointError(f'{path} cannot be read: {error.strerror}.') from error
    entries = {name: entry for name, entry in header.items() if name != '__metadata__'}
    for name, entry in entries.items():
        _check_entry(path, name, entry, size - 8 - length)
    return entries, 8 + length


def _check_entry(path, name, entry, data_bytes):
    kind = entry['dtype']
    if kind != 'BF16' and kind not in NUMPY_TYPES:
        raise CheckpointError(f'{path} stores {name} as {kind}, which this converter does not read.')
    width = 2 if kind == 'BF16' else np.dtype(NUMPY_TYPES[kind]).itemsize
    begin, end = entry['data_offsets']
    count = int(np.prod(entry['shape'], dtype='i8'))
    if not 0 <= begin <= end <= data_bytes or end - begin != count * width:
        raise CheckpointError(f'{path} is cut short or damaged at {name}: download model.safetensors again.')


def write_safetensors(path, tensors):
    """Write float32 tensors by name; used to make checkpoints with random weights."""
    header, offset = {}, 0
    arrays = {name: tensor.detach().contiguous().numpy().astype('<f4') for name, tensor in tensors.items()}
    for name, array in arrays.items():
        header[name] = {'dtype': 'F32', 'shape': list(array.shape), 'data_offsets': [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(header).encode()
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text)
        for array in arrays.values():
            file.write(array.tobytes())


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, 'rb') as file:
        for block in iter(lambda: file.read(1 << 20), b''):
            digest.update(block)
    return digest.hexdigest()
