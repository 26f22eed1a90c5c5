#!/usr/bin/env python3
"""Compare a conversion with the publisher's own package, where that and the weights are installed.

python3 training/toto/parity.py --model toto-2.0-4m --weights DIR/model.safetensors [--original module:function]

`--original` names a function (folder of the weights, contexts [N, 512] tensor) → quantiles [N, 9, 60]; use it when the
package's interface is not the one that the two functions below expect.
"""
import argparse
import importlib
import importlib.util
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent))

from restated.checkpoint import open_checkpoint
from restated.export import probe_contexts
from restated.names import TOTO1, TOTO2
from restated.readings import choose_toto1, choose_toto2
from restated.scaling import split_missing, z_score
from restated.student_t import LEVELS
from restated.toto1 import Toto1
from restated.toto2 import Toto2

HORIZON = 60
SAMPLES = 4096
# Share of the band's width, averaged over a series: rounding for 2.0, sampling error of 4,096 draws for 1.0.
TOLERANCE = {'toto-2.0-4m': 0.01, 'toto-2.0-22m': 0.01, 'toto-1.0': 0.03}
# The series without gaps: how the packages take gaps differs by version.
COMPLETE_ROWS = slice(0, 5)


def original_toto1(folder, contexts):
    """Quantiles from the sampled trajectories of the package toto-ts."""
    masked = importlib.import_module('toto.data.util.dataset').MaskedTimeseries
    forecaster = importlib.import_module('toto.inference.forecaster').TotoForecaster
    model = importlib.import_module('toto.model.toto').Toto.from_pretrained(str(folder)).eval()
    answers = []
    for row in contexts:
        series = row.unsqueeze(0)
        inputs = masked(series=series, padding_mask=torch.ones_like(series, dtype=torch.bool), id_mask=torch.zeros_like(series),
                        timestamp_seconds=torch.zeros_like(series), time_interval_seconds=torch.full((1,), 60))
        forecast = forecaster(model.model).forecast(inputs, prediction_length=HORIZON, num_samples=SAMPLES, samples_per_batch=256)
        answers.append(torch.stack([forecast.quantile(level).reshape(-1) for level in LEVELS]))
    return torch.stack(answers)


def original_toto2(folder, contexts):
    """Quantiles of the package toto-2, in one pass."""
    model = importlib.import_module('toto2').Toto2Model.from_pretrained(str(folder)).eval()
    series = contexts.unsqueeze(1)
    inputs = {'target': series, 'target_mask': torch.ones_like(series, dtype=torch.bool), 'series_ids': torch.zeros(series.shape[:2], dtype=torch.long)}
    with torch.no_grad():
        quantiles = model.forecast(inputs, horizon=HORIZON, decode_block_size=None)
    return quantiles.squeeze(2).permute(1, 0, 2)


def missing_package(model):
    """The name of the package that is not installed, or None."""
    module, package = ('toto.model.toto', 'toto-ts') if model == 'toto-1.0' else ('toto2', 'toto-2')
    try:
        return None if importlib.util.find_spec(module) else package
    except ModuleNotFoundError:
        return package


def restated_model(model, weights):
    is_first = model == 'toto-1.0'
    checkpoint = open_checkpoint(weights, TOTO1 if is_first else TOTO2)
    reading, _, _ = (choose_toto1 if is_first else choose_toto2)(checkpoint)
    return (Toto1 if is_first else Toto2)(checkpoint, reading).eval()


def compare(model, weights, original=None):
    """Mean |restated - original| over the width of the original's band, per series. Both get z-scored values."""
    contexts = probe_contexts()[COMPLETE_ROWS]
    contexts = z_score(*split_missing(contexts))[0]
    original = original or (original_toto1 if model == 'toto-1.0' else original_toto2)
    expected = original(Path(weights).parent, contexts).float()
    with torch.no_grad():
        actual = restated_model(model, weights)(contexts)
    width = (expected[:, -1] - expected[:, 0]).mean(-1)
    return (actual - expected).abs().mean((1, 2)) / width


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--model', choices=list(TOLERANCE), required=True)
    parser.add_argument('--weights', required=True)
    parser.add_argument('--original', help='module:function instead of the known packages')
    options = parser.parse_args()
    original = None
    if options.original:
        module, function = options.original.split(':')
        original = getattr(importlib.import_module(module), function)
    elif missing_package(options.model):
        sys.exit(f'The package {missing_package(options.model)} is not installed: pip install it, or name a function with --original.')
    differences = compare(options.model, options.weights, original)
    print('mean difference over the band, per series: ' + ', '.join(f'{float(value):.4f}' for value in differences))
    sys.exit(0 if float(differences.max()) <= TOLERANCE[options.model] else 'The conversion differs from the original.')


if __name__ == '__main__':
    main()
