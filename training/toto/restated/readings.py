"""Choose how to read a checkpoint by what the network then forecasts.

Names and shapes do not tell in which order a joint projection holds its parts or whether a parameterless norm stands
before the head. A wrong guess leaves a network that forecasts worse than the quantiles of its context; the right one
forecasts plain seasonal series well. So every combination is tried on known series and the best is taken.
"""
import itertools
from dataclasses import replace

import numpy as np
import torch

from restated.scaling import split_missing, z_score
from restated.student_t import LEVELS
from restated.toto1 import Toto1
from restated.toto2 import Reading, Toto2
from restated.toto2_layers import ResidualMlp

SERIES = 16
# Loss against the quantiles of the context from which a reading may be believed.
BELIEVABLE = 0.8
WORST_PER_SERIES = 5.0


def known_series(length, horizon, seed=7):
    """[16, length + horizon]: seasons of 8 to 1/4 of the context with a little trend, a second harmonic and noise."""
    random = np.random.default_rng(seed)
    at = np.arange(length + horizon)
    rows = []
    for _ in range(SERIES):
        period = np.exp(random.uniform(np.log(8), np.log(length / 4)))
        turn = 2 * np.pi * at / period + random.uniform(0, 6)
        row = np.sin(turn) + 0.4 * np.sin(2 * turn + random.uniform(0, 6)) + random.normal(0, 0.1, at.size)
        rows.append(row * random.uniform(0.5, 50) + random.uniform(-1, 1) * at / length + random.uniform(-100, 100))
    return torch.tensor(np.array(rows), dtype=torch.float32)


def relative_loss(quantiles, context, actual):
    """Pinball loss of [N, 9, H] over that of the context's own quantiles, per series cut at 5, averaged."""
    levels = torch.tensor(LEVELS)
    plain = torch.quantile(context, levels, dim=1).t().unsqueeze(-1)
    losses = [_pinball(forecast, actual, levels) for forecast in (quantiles, plain)]
    ratio = torch.nan_to_num(losses[0] / losses[1], nan=WORST_PER_SERIES, posinf=WORST_PER_SERIES)
    return float(ratio.clamp(max=WORST_PER_SERIES).mean())


def _pinball(forecast, actual, levels):
    miss = actual.unsqueeze(1) - forecast
    return torch.maximum(levels[:, None] * miss, (levels[:, None] - 1) * miss).mean((1, 2))


@torch.no_grad()
def choose_toto2(checkpoint, context=512, horizon=60):
    """(best reading, its loss, the loss of the default reading)."""
    series = known_series(context, horizon)
    inputs, actual = series[:, :context], series[:, context:]
    results = {}
    for reading in _body_readings(checkpoint):
        model = Toto2(checkpoint, reading, context, horizon).eval()
        values, seen = split_missing(inputs)
        z, mean, deviation = z_score(values, seen)
        loc, scale = model.scaler(z, seen)
        tokens = model.body(z, seen, loc, scale)
        for head in _head_readings(reading):
            model.reading = head
            model.head = ResidualMlp(checkpoint, 'head', model._scales(checkpoint, 'head', head.readout), False)
            quantiles = model.quantiles(tokens) * scale[:, -1:, None] + loc[:, -1:, None]
            quantiles = quantiles * deviation.unsqueeze(-1).float() + mean.unsqueeze(-1).float()
            results[head] = relative_loss(quantiles.sort(1).values, inputs, actual)
    best = min(results, key=results.get)
    for pairs, is_before in itertools.product(('interleaved', 'halves'), (False, True)):
        finer = replace(best, rotary_pairs=pairs, scales_query_before_rotation=is_before)
        if finer not in results:
            results[finer] = relative_loss(Toto2(checkpoint, finer, context, horizon).eval()(inputs), inputs, actual)
    best = min(results, key=results.get)
    return best, results[best], results[Reading()]


def _body_readings(checkpoint):
    is_joint = 'layer.qkv.weight' in checkpoint.layers[0]
    layouts = ('3 heads head_size', '3 head_size heads', 'heads 3 head_size') if is_joint else ('3 heads head_size',)
    gates = (True, False) if 'layer.joint.weight' in checkpoint.layers[0] else (True,)
    both = (True, False)
    for layout, gate, mask, unit, following in itertools.product(layouts, gates, both, (False, True), both):
        yield Reading(layout, gate, mask, unit, predicts_next=following)


def _head_readings(reading):
    for norm, readout, major in itertools.product((True, False), ('output', 'none', 'both'), (True, False)):
        yield replace(reading, has_final_norm=norm, readout=readout, is_step_major=major)


@torch.no_grad()
def choose_toto1(checkpoint, context=512, horizon=60):
    """(best order of the joint projection, its loss, the loss of the default order)."""
    series = known_series(context, horizon)[::4]
    results = {}
    for layout in ('3 head_size heads', '3 heads head_size', 'heads 3 head_size'):
        quantiles = Toto1(checkpoint, layout, context, horizon).eval()(series[:, :context])
        results[layout] = relative_loss(quantiles, series[:, :context], series[:, context:])
    best = min(results, key=results.get)
    return best, results[best], results['3 head_size heads']
