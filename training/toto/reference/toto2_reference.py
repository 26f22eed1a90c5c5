"""Toto 2.0 in the original's terms: scaling at run time, several variates, Welford's recurrence, masks of -inf.

Written from the description of the architecture, not from the restated network, and slow on purpose.
Parameter names are those that `restated/names.py` expects first.
"""
import math

import torch
import torch.nn.functional as functional
from torch import nn


class ScaledLinear(nn.Linear):
    """(W x + b) / fan_in ** power at run time."""

    def __init__(self, inputs, outputs, bias=True, power=0.5):
        super().__init__(inputs, outputs, bias)
        self.power = power
        nn.init.normal_(self.weight)
        if bias:
            nn.init.normal_(self.bias)

    def forward(self, x):
        return super().forward(x) * self.in_features**-self.power


class ResidualBlock(nn.Module):
    def __init__(self, inputs, hidden, outputs, readout=False):
        super().__init__()
        self.hidden_layer = ScaledLinear(inputs, hidden)
        self.output_layer = ScaledLinear(hidden, outputs, power=1.0 if readout else 0.5)
        self.residual_layer = ScaledLinear(inputs, outputs)

    def forward(self, x):
        return self.output_layer(functional.silu(self.hidden_layer(x)) / 0.5659) + self.residual_layer(x)


def rms_norm(x, eps=1e-4):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps)


def rotate(x, positions, rotated, direction):
    """Rotary embedding pair by pair as complex numbers on the first `rotated` values; xPos to the power `direction`."""
    turning, still = x[..., :rotated], x[..., rotated:]
    index = torch.arange(0, rotated, 2, dtype=torch.float32)
    angle = positions[:, None] / 10000 ** (index / rotated)
    base = (index + 0.4 * rotated) / (1.4 * rotated)
    strength = base ** (direction * (positions[:, None] - positions.shape[0] // 2) / 512)
    complex_pairs = torch.view_as_complex(turning.reshape(*turning.shape[:-1], -1, 2).contiguous())
    turned = torch.view_as_real(complex_pairs * torch.polar(strength, angle)).flatten(-2)
    return torch.cat([turned, still], dim=-1)


class Attention(nn.Module):
    def __init__(self, width, heads, over_variates):
        super().__init__()
        self.heads, self.over_variates = heads, over_variates
        self.qkv = ScaledLinear(width, 3 * width)
        self.out_proj = ScaledLinear(width, width)
        self.per_dim_scale = nn.Parameter(torch.randn(width // heads))

    def forward(self, x):
        """[batch, variate, time, width]; attends along time (causal, rotary) or along variates (both ways, no positions)."""
        if self.over_variates:
            x = x.transpose(1, 2)
        batch, outer, length, width = x.shape
        q, k, v = self.qkv(x).reshape(batch, outer, length, 3, self.heads, -1).permute(3, 0, 1, 4, 2, 5)
        if not self.over_variates:
            positions, head = torch.arange(length, dtype=torch.float32), width // self.heads
            q, k = rotate(q, positions, head // 2, 1), rotate(k, positions, head // 2, -1)
        q = q * functional.softplus(self.per_dim_scale) / math.log(2)
        scores = torch.einsum('bohid,bohjd->bohij', q, k) / (width // self.heads)
        if not self.over_variates:
            scores = scores.masked_fill(~torch.tril(torch.ones(length, length, dtype=torch.bool)), -math.inf)
        y = torch.einsum('bohij,bohjd->bohid', scores.softmax(-1), v)
        y = self.out_proj(y.transpose(2, 3).reshape(batch, outer, length, width))
        return y.transpose(1, 2) if self.over_variates else y


class FeedForward(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.w12 = ScaledLinear(width, 2 * hidden, bias=False)
        self.w3 = ScaledLinear(hidden, width, bias=False)

    def forward(self, x):
        gate, up = self.w12(x).chunk(2, -1)
        return self.w3(functional.silu(gate) * up)


class Layer(nn.Module):
    def __init__(self, width, heads, hidden, over_variates):
        super().__init__()
        self.attn = Attention(width, heads, over_variates)
        self.mlp = FeedForward(width, hidden)
        self.register_buffer('attn_tau', torch.rand(()) + 0.2)
        self.register_buffer('mlp_tau', torch.rand(()) + 0.2)

    def forward(self, x):
        for branch, tau in ((self.attn, self.attn_tau), (self.mlp, self.mlp_tau)):
            x = (tau * branch(rms_norm(x)) + x) / torch.sqrt(1 + tau**2)
        return x


def causal_patch_statistics(data, observed, patch, minimum):
    """Welford's recurrence point by point in float64, then the statistics at the last point of each patch for the patch."""
    location, scale = torch.zeros_like(data), torch.zeros_like(data)
    count = torch.zeros(data.shape[:-1], dtype=torch.float64)
    mean, m2 = torch.zeros_like(count), torch.zeros_like(count)
    for t in range(data.shape[-1]):
        weight = observed[..., t].double()
        count = count + weight
        delta = (data[..., t].double() - mean) * weight
        mean = mean + delta / count.clamp(min=1)
        m2 = m2 + delta * (data[..., t].double() - mean) * weight
        location[..., t] = mean
        scale[..., t] = torch.sqrt(m2 / (count - 1).clamp(min=1) + minimum)
    ends = torch.arange(patch - 1, data.shape[-1], patch)
    return location[..., ends], scale[..., ends]


class Toto2Reference(nn.Module):
    def __init__(self, width=256, layers=4, head=64, hidden=688, mlp=1024, patch=32, group=4):
        super().__init__()
        self.patch = patch
        self.patch_embed = ResidualBlock(2 * patch, mlp, width)
        self.layers = nn.ModuleList(Layer(width, width // head, hidden, i % group == group - 1) for i in range(layers))
        self.output_head = ResidualBlock(width, mlp, 9 * patch, readout=True)

    def forward(self, series, horizon=60):
        """[batch, variate, length] with NaN for missing → [9, batch, variate, horizon]; already z-scored or not."""
        observed = torch.isfinite(series)
        data = torch.nan_to_num(series, 0.0, 0.0, 0.0)
        location, scale = causal_patch_statistics(data, observed, self.patch, 1e-6)
        patches = data.unfold(-1, self.patch, self.patch)
        scaled = torch.where(observed.unfold(-1, self.patch, self.patch), torch.asinh((patches - location[..., None]) / scale[..., None]), torch.zeros(()))
        missing = (~observed).unfold(-1, self.patch, self.patch).float()
        blocks = math.ceil(horizon / self.patch)
        future = torch.zeros(*scaled.shape[:-2], blocks - 1, self.patch)
        x = self.patch_embed(torch.cat([torch.cat([scaled, future], -2), torch.cat([missing, torch.ones_like(future)], -2)], -1))
        for layer in self.layers:
            x = layer(x)
        out = self.output_head(rms_norm(x[..., -blocks:, :]))
        out = out.reshape(*out.shape[:-1], self.patch, 9).flatten(-3, -2)[..., :horizon, :]
        out = torch.sinh(out) * scale[..., -1, None, None] + location[..., -1, None, None]
        return out.sort(-1).values.permute(3, 0, 1, 2)
