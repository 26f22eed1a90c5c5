#!/usr/bin/env python3
"""Convert published Toto weights to one static ONNX graph: context [1, 512] → quantiles [1, 9, 60]. See README.md."""
import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent))

from restated.checkpoint import open_checkpoint
from restated.export import ExportError, export_graph, largest_difference
from restated.names import TOTO1, TOTO2
from restated.readings import BELIEVABLE, choose_toto1, choose_toto2
from restated.safetensors_file import KNOWN_FILES, CheckpointError, sha256_of
from restated.toto1 import QKV_LAYOUT, Toto1
from restated.toto2 import Reading, Toto2

MODELS = ('toto-2.0-4m', 'toto-2.0-22m', 'toto-1.0')
# Share of the band's width by which ONNX may differ from torch.
TOLERANCE = 2e-3


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--model', choices=MODELS, required=True)
    parser.add_argument('--weights', required=True, help='model.safetensors as published')
    parser.add_argument('--config', help='config.json as published (taken from beside the weights when not given)')
    parser.add_argument('--out', required=True, help='the ONNX file to write')
    parser.add_argument('--fp16', action='store_true', help='store the large weights as float16: half the file')
    parser.add_argument('--names', help='JSON {role: name} for weights that the file calls differently')
    parser.add_argument('--reading', help='JSON of a reading to take instead of trying them all ("default" for the documented one)')
    parser.add_argument('--force', action='store_true', help='write the graph even if it does not forecast')
    parser.add_argument('--threads', type=int, default=1)
    return parser.parse_args(arguments)


def choose_reading(options, checkpoint, say):
    """What to build with, after trying the readings on known series (or as told)."""
    is_first = options.model == 'toto-1.0'
    if options.reading:
        if options.reading == 'default':
            return QKV_LAYOUT if is_first else Reading()
        given = json.loads(options.reading)
        return given['qkv_layout'] if is_first else Reading(**given)
    best, loss, usual = (choose_toto1 if is_first else choose_toto2)(checkpoint)
    described = json.dumps({'qkv_layout': best} if is_first else asdict(best))
    say(f'reading: {described}\nloss on known series against the quantiles of the context: {loss:.3f} (documented reading: {usual:.3f})')
    if loss > BELIEVABLE and not options.force:
        raise CheckpointError(
            f'No reading of these weights forecasts plain seasonal series (loss {loss:.2f}, believable below {BELIEVABLE}): nothing was '
            'written. Check that --model is what the file is, or write the graph all the same with --force.'
        )
    return best


def convert(arguments, say=print):
    """Run the conversion; returns the figures that are printed."""
    options = parse(arguments)
    torch.set_num_threads(options.threads)
    known = KNOWN_FILES.get(sha256_of(options.weights)) if Path(options.weights).is_file() else None
    say(f'weights: {known}' if known else 'warning: the sha256 of the weights is not one that is known here; compare it with the publisher\'s.')
    is_first = options.model == 'toto-1.0'
    checkpoint = open_checkpoint(options.weights, TOTO1 if is_first else TOTO2, options.config, options.names)
    reading = choose_reading(options, checkpoint, say)
    model = (Toto1 if is_first else Toto2)(checkpoint, reading, half=options.fp16).eval()
    operations = export_graph(model, options.out)
    difference = largest_difference(options.out, model, threads=options.threads)
    if difference is not None and not difference <= TOLERANCE:
        raise ExportError(f'ONNX and torch differ by {difference:.1e} of the band: {options.out} must not be used.')
    size = Path(options.out).stat().st_size
    checked = 'not compared (pip install onnxruntime)' if difference is None else f'at most {difference:.1e} of the band from torch'
    say(f'{options.out}: {size / 1e6:.1f} MB, {sum(operations.values())} operations of {len(operations)} kinds, {checked}')
    return {'bytes': size, 'operations': operations, 'difference': difference, 'reading': reading}


def main():
    try:
        convert(sys.argv[1:])
    except (CheckpointError, ExportError) as error:
        sys.exit(f'{error}')


if __name__ == '__main__':
    main()
