"""Toto 2.0 (arXiv 2605.20119) for one series in one pass: context [N, 512] → quantiles [N, 9, 60].

The unit scaling of the original (a division in every linear layer and residual sum at run time) is folded into the
weights: linear = (W x + b) / sqrt(fan in), readout = (W x + b) / fan in, residual sum = (tau r + s) / sqrt(1 + tau^2).
"""
import math
from dataclasses import dataclass

import torch
from torch import nn

from restated.attention import CausalAttention, rotary_tables
from restated.layers import Linear, RmsNorm, SwiGlu, reorder_joint
from restated.safetensors_file import CheckpointError
from restated.scaling import CausalPatchScaler, asinh, restore_units, sinh, sort_levels, split_missing, z_score

CONTEXT = 512
HORIZON = 60
LEVELS = 9
# Unit scaling's SiLU is multiplied by this to keep the variance at 1.
UNIT_SILU = 1.0 / 0.5659
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


class ResidualMlp(nn.Module):
    """output(1.767 silu(hidden(x))) + residual(x), with the scales of the three layers folded in."""

    def __init__(self, checkpoint, name, scales, half):
        super().__init__()
        layers = [(checkpoint.tensor(f'{name}.{part}.weight'), checkpoint.tensor(f'{name}.{part}.bias')) for part in ('hidden', 'output', 'residual')]
        (hidden, hidden_bias), (output, output_bias), (residual, residual_bias) = layers
        self.hidden = Linear(hidden * scales[0], hidden_bias * scales[0], half)
        self.output = Linear(output * (scales[1] * UNIT_SILU), output_bias * scales[1] + residual_bias * scales[2], half)
        self.residual = Linear(residual * scales[2], None, half)

    def forward(self, x):
        hidden = self.hidden(x)
        return self.output(hidden * torch.sigmoid(hidden)) + self.residual(x)


class Toto2Layer(nn.Module):
    """Two unit-scaled residual branches: attention (over time, or the value alone over variates) and SwiGLU."""

    def __init__(self, checkpoint, index, shape, tables, reading, eps, half):
        super().__init__()
        tau_attention, tau_feed = residual_weights(checkpoint, index)
        branch, self.skip_attention = _residual(tau_attention)
        self.attend = attention(checkpoint, index, shape, tables, reading, branch, half)
        branch, self.skip_feed = _residual(tau_feed)
        self.feed = _feed_forward(checkpoint, index, reading, branch, half)
        self.norm = RmsNorm(eps)

    def forward(self, x):
        x = self.attend(self.norm(x)) + x * self.skip_attention
        return self.feed(self.norm(x)) + x * self.skip_feed


def _residual(tau):
    return tau / math.sqrt(1 + tau * tau), 1 / math.sqrt(1 + tau * tau)


def residual_weights(checkpoint, index):
    """(tau of attention, tau of feed-forward): from the checkpoint, else by the rule of u-muP (arXiv 2407.17465, table 2)."""
    stored = [checkpoint.tensor(f'layer.{part}_tau', index) for part in ('attention', 'feed')]
    if all(tau is not None for tau in stored):
        return [float(tau.reshape(-1)[0]) for tau in stored]
    multiplier = checkpoint.setting(['residual_mult'], 0.75)
    ratio = checkpoint.setting(['residual_attn_ratio'], math.sqrt(128 / math.log(128)))
    feed = multiplier * math.sqrt(2 / (1 + ratio * ratio))
    attend, layers = ratio * feed, len(checkpoint.layers)
    before = layers + index * (attend**2 + feed**2)
    return [attend / math.sqrt(before), feed / math.sqrt(before + attend**2)]


def attention(checkpoint, index, shape, tables, reading, branch, half):
    weight, bias = _joint_projection(checkpoint, index, shape, reading)
    width, root = shape.width, math.sqrt(shape.width)
    out = checkpoint.tensor('layer.out.weight', index) * (branch / root)
    out_bias = checkpoint.tensor('layer.out.bias', index)
    out_bias = torch.zeros(width) if out_bias is None else out_bias * (branch / root)
    weight, bias = weight / root, bias / root
    if shape.variate[index]:
        return Linear((out.double() @ weight[2 * width :].double()).float(), out @ bias[2 * width :] + out_bias, half)
    factor = torch.nn.functional.softplus(checkpoint.tensor('layer.query_scale', index)) / (math.log(2) * shape.head)
    factor = factor.reshape(-1, shape.head)
    heads, behind = (factor[:, None, :] if factor.shape[0] > 1 else factor[0]), None
    if reading.scales_query_before_rotation:
        rows = torch.cat([factor.expand(shape.heads, -1).reshape(-1), torch.ones(2 * width)])
        weight, bias = weight * rows[:, None], bias * rows
    else:
        behind = heads
    return CausalAttention(Linear(weight, bias, half), Linear(out, out_bias, half), shape.heads, tables, behind)


def _joint_projection(checkpoint, index, shape, reading):
    weight, bias = checkpoint.tensor('layer.qkv.weight', index), checkpoint.tensor('layer.qkv.bias', index)
    layout = reading.qkv_layout
    if weight is None:
        parts = [checkpoint.tensor(f'layer.{part}.weight', index) for part in 'qkv']
        if any(part is None for part in parts):
            raise CheckpointError(f'{checkpoint.layer_names[index]} has neither a joint query-key-value projection nor three single ones.')
        biases = [checkpoint.tensor(f'layer.{part}.bias', index) for part in 'qkv']
        weight, bias = torch.cat(parts), None if biases[0] is None else torch.cat(biases)
        layout = '3 heads head_size'
    weight, bias = reorder_joint(weight, bias, shape.heads, layout)
    return weight, torch.zeros(weight.shape[0]) if bias is None else bias


def _feed_forward(checkpoint, index, reading, branch, half):
    joint, down = checkpoint.tensor('layer.joint.weight', index), checkpoint.tensor('layer.down.weight', index)
    if joint is None:
        parts = [checkpoint.tensor(f'layer.{part}.weight', index) for part in ('gate', 'up')]
        if any(part is None for part in parts):
            raise CheckpointError(f'{checkpoint.layer_names[index]} has neither a joint gate-and-up projection nor two single ones.')
        joint = torch.cat(parts)
    elif not reading.is_gate_first:
        joint = torch.cat(joint.chunk(2)[::-1])
    return SwiGlu(Linear(joint / math.sqrt(joint.shape[1]), None, half), Linear(down * (branch / math.sqrt(down.shape[1])), None, half))


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
