"""Toto-Open-Base-1.0 (arXiv 2505.14766) for one series and one patch ahead: context [N, 512] → quantiles [N, 9, 60].

Horizon 60 lies within the next patch of 64, so the reference's 256 sampled trajectories are independent draws from the
mixture of each step, and their quantiles in the limit are computed exactly here.
"""
import torch
import torch.nn.functional as functional
from torch import nn

from restated.attention import CausalAttention, rotary_tables
from restated.layers import Linear, RmsNorm, SwiGlu, reorder_joint
from restated.scaling import CausalPatchScaler, fill_gaps, last_seen_table, restore_units, sort_levels, split_missing, z_score
from restated.student_t import StudentTMixture

CONTEXT = 512
HORIZON = 60
MINIMUM_VARIANCE = 0.1
NORM_EPS = 1e-8
HEADS = ('df', 'loc', 'scale', 'mixture')
# `3 head_size heads`: the order of the joint projection's outputs in the published code (unverified without weights).
QKV_LAYOUT = '3 head_size heads'


class Toto1Layer(nn.Module):
    """x + attend(norm(x)), then x + swiglu(norm(x)); a layer over variates attends to the one series, i.e. passes its value."""

    def __init__(self, checkpoint, index, heads, tables, qkv_layout, half):
        super().__init__()
        get = lambda role: checkpoint.tensor(f'layer.{role}', index)
        weight, bias = reorder_joint(get('qkv.weight'), get('qkv.bias'), heads, qkv_layout)
        width = weight.shape[1]
        if tables is None:
            self.attend = _value_only(weight[2 * width :], bias[2 * width :], get('out.weight'), get('out.bias'), half)
        else:
            scale = torch.ones(3 * width)
            scale[:width] = (width // heads) ** -0.5
            project = Linear(weight * scale[:, None], bias * scale, half)
            self.attend = CausalAttention(project, Linear(get('out.weight'), get('out.bias'), half), heads, tables)
        self.norm1, self.norm2 = RmsNorm(NORM_EPS, get('norm1.weight')), RmsNorm(NORM_EPS, get('norm2.weight'))
        joint = Linear(get('joint.weight'), get('joint.bias'), half)
        self.feed = SwiGlu(joint, Linear(get('down.weight'), get('down.bias'), half))

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        return x + self.feed(self.norm2(x))


def _value_only(value, value_bias, out, out_bias, half):
    """Value and output projection in one matrix."""
    joined = (out.double() @ value.double()).float()
    return Linear(joined, (out.double() @ value_bias.double()).float() + out_bias, half)


class Toto1(nn.Module):
    def __init__(self, checkpoint, qkv_layout=QKV_LAYOUT, context=CONTEXT, horizon=HORIZON, half=False):
        super().__init__()
        width, self.patch = checkpoint.shape('embed.weight')
        self.horizon = horizon
        heads = checkpoint.setting(['num_heads'], max(1, width // 64))
        tables = rotary_tables(context // self.patch, width // heads, width // heads)
        self.scaler = CausalPatchScaler(context, self.patch, MINIMUM_VARIANCE)
        self.register_buffer('later', last_seen_table(context))
        self.embed = Linear(checkpoint.tensor('embed.weight'), checkpoint.tensor('embed.bias'), half)
        self.layers = nn.ModuleList(
            Toto1Layer(checkpoint, index, heads, None if over_variates else tables, qkv_layout, half)
            for index, over_variates in enumerate(variate_layers(checkpoint))
        )
        self.unembed = Linear(*_first_steps(checkpoint, horizon, width), half)
        self.head = Linear(*[torch.cat([checkpoint.tensor(f'{name}.{kind}') for name in HEADS]) for kind in ('weight', 'bias')])
        self.mixture = StudentTMixture()

    def forward(self, context):
        values, seen = split_missing(context)
        z, mean, deviation = z_score(values, seen)
        z = fill_gaps(z, seen, self.later)
        loc, scale = self.scaler(z, seen)
        parts = self.components(z, loc, scale)
        quantiles = self.mixture(*parts) * scale[:, -1:, None] + loc[:, -1:, None]
        return restore_units(sort_levels(quantiles), mean, deviation)

    def components(self, z, loc, scale):
        """(probabilities, df, loc, scale) of each step's mixture in scaled units, each [N, horizon, components]."""
        x = self.embed((z.reshape(z.shape[0], -1, self.patch) - loc.unsqueeze(-1)) / scale.unsqueeze(-1))
        for layer in self.layers:
            x = layer(x)
        steps = self.unembed(x[:, -1]).reshape(z.shape[0], self.horizon, -1)
        df, location, spread, mixture = self.head(steps).chunk(4, dim=-1)
        tiny = torch.finfo(torch.float32).eps
        df = 2.0 + functional.softplus(df).clamp(min=tiny)
        return torch.softmax(mixture, dim=-1), df, location, functional.softplus(spread).clamp(min=tiny)


def variate_layers(checkpoint):
    """Which layers attend over variates instead of time."""
    every = checkpoint.setting(['spacewise_every_n_layers'], len(checkpoint.layers))
    is_first = bool(checkpoint.config.get('spacewise_first', False))
    turn = 0 if is_first else every - 1
    return [every > 0 and index % every == turn for index in range(len(checkpoint.layers))]


def _first_steps(checkpoint, horizon, width):
    """The rows of the unembedding that lead to the horizon; the last steps of the patch are not needed."""
    return checkpoint.tensor('unembed.weight')[: horizon * width], checkpoint.tensor('unembed.bias')[: horizon * width]
