"""Toto 2.0 (arXiv 2605.20119) for one series in one pass: context [N, 512] → quantiles [N, 9, 60].

The unit scaling of the original (a division in every linear layer and residual sum at run time) is folded into the
weights: linear = (W x + b) / sqrt(fan in), readout = (W x + b) / fan in, residual sum = (tau r + s) / sqrt(1 + tau^2).
"""
import math
from dataclasses import dataclass

import torch
from torch import nn

from restated.attention import rotary_tables
from restated.layers import RmsNorm
from restated.safetensors_file import CheckpointError
from restated.scaling import CausalPatchScaler, asinh, restore_units, sinh, sort_levels, split_missing, z_score
from restated.toto2_layers import ResidualMlp, Toto2Layer

CONTEXT = 512
HORIZON = 60
LEVELS = 9
DEFAULT_EPS = 1e-4
DEFAULT_MINIMUM_VARIANCE = 1e-6


@dataclass(frozen=True)
class Reading:
    """How to read what names and shapes of a checkpoint do not tell. `convert.py` tries the readings on known series."""

    qkv_layout: str = '3 heads head_size'
    is_gate_first: bool = True
    # The second half of the embedding's input is 1 where a value is missing (else 1 where it is observed).
    is_mask_of_missing: bool = True
    # Residual MLPs end in (a + b) / sqrt(2) rather than a + b.
    has_unit_sum: bool = False
    has_final_norm: bool = True
    # Which layers of the head divide by the fan in instead of its root: 'none', 'output' or 'both'.
    readout: str = 'output'
    # Output of the head is [patch, 9] rather than [9, patch].
    is_step_major: bool = True
    # A token tells the patch behind it rather than its own (masked) patch.
    predicts_next: bool = True
    rotary_pairs: str = 'interleaved'
    scales_query_before_rotation: bool = False


@dataclass(frozen=True)
class Shape:
    """Sizes of a checkpoint, all from its weights; only the place of the variate layers needs the configuration."""

    width: int
    patch: int
    heads: int
    head: int
    variate: tuple


def shape_of(checkpoint):
    hidden, inputs = checkpoint.shape('embed.hidden.weight')
    width = checkpoint.shape('embed.output.weight')[0]
    head = checkpoint.shape('layer.query_scale', 0)[-1]
    outputs = checkpoint.shape('head.output.weight')[0]
    patch = inputs // 2
    if outputs != patch * LEVELS or width % head:
        raise CheckpointError(f'The head gives {outputs} values for patches of {patch}: this is not a Toto 2.0 checkpoint with 9 quantiles.')
    checkpoint.expect('embed.residual.weight', (width, inputs))
    checkpoint.expect('embed.output.weight', (width, hidden))
    checkpoint.expect('head.residual.weight', (outputs, width))
    for index in range(len(checkpoint.layers)):
        checkpoint.expect('layer.out.weight', (width, width), index)
        checkpoint.expect('layer.qkv.weight', (3 * width, width), index)
    return Shape(width, patch, width // head, head, _variate_layers(checkpoint))


def _variate_layers(checkpoint):
    names = checkpoint.layer_names
    if any('variate' in name or 'space' in name for name in names):
        return tuple('variate' in name or 'space' in name for name in names)
    keys = ['layer_group_size', 'layers_per_group', 'num_layers_per_group', 'group_size', 'variate_every_n_layers', 'spacewise_every_n_layers']
    every = int(checkpoint.setting(keys, len(names) if len(names) <= 4 else _group_by_default(len(names))))
    return tuple(every > 0 and index % every == every - 1 for index in range(len(names)))


def _group_by_default(layers):
    return next((size for size in (4, 3, 6, 2) if layers % size == 0), layers)


class Toto2(nn.Module):
    def __init__(self, checkpoint, reading=Reading(), context=CONTEXT, horizon=HORIZON, half=False):
        super().__init__()
        self.reading, self.horizon, self.shape = reading, horizon, shape_of(checkpoint)
        self.patch, self.known = self.shape.patch, context // self.shape.patch
        self.ahead = -(-horizon // self.patch)
        self.masked = self.ahead - 1 if reading.predicts_next else self.ahead
        tables = rotary_tables(self.known + self.masked, self.shape.head, self.shape.head // 2, reading.rotary_pairs)
        eps = checkpoint.setting(['eps', 'norm_eps', 'rms_norm_eps'], DEFAULT_EPS)
        minimum = checkpoint.setting(['minimum_scale', 'scaler_eps', 'scaler_epsilon'], DEFAULT_MINIMUM_VARIANCE)
        self.scaler = CausalPatchScaler(context, self.patch, minimum)
        self.embed = ResidualMlp(checkpoint, 'embed', self._scales(checkpoint, 'embed', 'none'), half)
        self.layers = nn.ModuleList(Toto2Layer(checkpoint, i, self.shape, tables, reading, eps, half) for i in range(len(checkpoint.layers)))
        self.norm = RmsNorm(eps)
        unknown = torch.full((1, self.masked, self.patch), 1.0 if reading.is_mask_of_missing else 0.0)
        self.register_buffer('unknown', torch.cat([torch.zeros_like(unknown), unknown], dim=-1))
        self.head = ResidualMlp(checkpoint, 'head', self._scales(checkpoint, 'head', reading.readout), half)

    def _scales(self, checkpoint, name, readout):
        """Multipliers of hidden, output and residual layer of a residual MLP."""
        fan_in = [checkpoint.shape(f'{name}.{part}.weight')[1] for part in ('hidden', 'output', 'residual')]
        powers = [0.5, 1.0 if readout != 'none' else 0.5, 1.0 if readout == 'both' else 0.5]
        common = math.sqrt(0.5) if self.reading.has_unit_sum else 1.0
        scales = [size**-power for size, power in zip(fan_in, powers)]
        return [scales[0], scales[1] * common, scales[2] * common]

    def forward(self, context):
        values, seen = split_missing(context)
        z, mean, deviation = z_score(values, seen)
        loc, scale = self.scaler(z, seen)
        quantiles = self.quantiles(self.body(z, seen, loc, scale))
        quantiles = quantiles * scale[:, -1:, None] + loc[:, -1:, None]
        return restore_units(sort_levels(quantiles), mean, deviation)

    def body(self, z, seen, loc, scale):
        """Tokens [N, ahead, width] that tell the patches of the horizon, before the head."""
        batch = z.shape[0]
        seen = seen.reshape(batch, self.known, self.patch)
        scaled = asinh((z.reshape(seen.shape) - loc.unsqueeze(-1)) / scale.unsqueeze(-1)) * seen
        mask = 1.0 - seen if self.reading.is_mask_of_missing else seen
        tokens = torch.cat([scaled, mask], dim=-1)
        if self.masked:
            tokens = torch.cat([tokens, self.unknown.expand(batch, -1, -1)], dim=1)
        x = self.embed(tokens)
        for layer in self.layers:
            x = layer(x)
        return x[:, -self.ahead :]

    def quantiles(self, tokens):
        """Head on the tokens of `body` → [N, 9, horizon] in the units of the last patch."""
        out = self.head(self.norm(tokens) if self.reading.has_final_norm else tokens)
        shape = (self.patch, LEVELS) if self.reading.is_step_major else (LEVELS, self.patch)
        out = out.reshape(out.shape[0], self.ahead, *shape)
        out = out if self.reading.is_step_major else out.transpose(2, 3)
        return sinh(out.reshape(out.shape[0], -1, LEVELS)[:, : self.horizon].transpose(1, 2))
