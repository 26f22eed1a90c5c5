"""The learned part of the forecaster: a small dense network that mixes candidate forecasts and sets the quantiles.

Residual SwiGLU blocks with RMS normalisation (Shazeer 2020; Zhang and Sennrich 2019). The head gates the candidates per
segment of the horizon, adds a median offset and builds monotone quantiles; offsets and widths are in units of learned
mixes of in-context scales, so that a flat series gets a narrow band.
"""
import torch
from torch import nn
from torch.nn import functional as F

from candidates import FEATURES, HORIZON, NAMES, SCALES, from_model_space, prepare
from period import RAMP

QUANTILES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
GATE_KNOTS, WIDTH_KNOTS = 6, 12
LEAST_GATE, LEAST_OFFSET = 0.015, 0.1
"""Smaller gates and offsets count as zero, so that series that repeat exactly are answered exactly."""


def interpolation(knots):
    """Linear interpolation from knots at segment centres to steps: [60, knots]; each row sums to 1."""
    place = (torch.arange(HORIZON, dtype=torch.float32) + 0.5) * knots / HORIZON - 0.5
    place = torch.clamp(place, 0, knots - 1)
    return torch.clamp(1 - (place[:, None] - torch.arange(knots, dtype=torch.float32)[None, :]).abs(), min=0)


class Block(nn.Module):
    """Pre-norm residual SwiGLU block on [B, width]."""

    def __init__(self, width, hidden):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(width))
        self.up = nn.Linear(width, 2 * hidden)
        self.down = nn.Linear(hidden, width)
        nn.init.normal_(self.down.weight, std=0.3 / hidden**0.5)
        nn.init.zeros_(self.down.bias)

    def forward(self, x):
        normal = x * torch.rsqrt((x * x).mean(dim=1, keepdim=True) + 1e-6) * self.gain
        gate, value = self.up(normal).chunk(2, dim=1)
        return x + self.down(gate * torch.sigmoid(gate) * value)


class Mixer(nn.Module):
    """Prepared batch -> quantiles [B, 9, 60] in asinh space, monotone by construction."""

    def __init__(self, width=320, hidden=448, blocks=3):
        super().__init__()
        self.shape = {"width": width, "hidden": hidden, "blocks": blocks}
        self.splits = [GATE_KNOTS * len(NAMES), 3 * GATE_KNOTS * SCALES, HORIZON, 8 * WIDTH_KNOTS]
        self.register_buffer("feature_mean", torch.zeros(FEATURES))
        self.register_buffer("feature_scale", torch.ones(FEATURES))
        self.embed = nn.Linear(FEATURES, width)
        self.blocks = nn.ModuleList(Block(width, hidden) for _ in range(blocks))
        self.gain = nn.Parameter(torch.ones(width))
        self.head = nn.Linear(width, sum(self.splits))
        self.trust = nn.Parameter(torch.full((2, len(NAMES)), 1.0))
        """How strongly a candidate's near and far backtest error lowers its gate."""
        nn.init.normal_(self.head.weight, std=0.02)
        with torch.no_grad():
            self.head.bias.zero_()
            gates, scales = self.splits[:2]
            self.head.bias[gates : gates + scales] = -2.0

    def forward(self, features, candidates, errors, scales):
        x = self.embed((features - self.feature_mean) * self.feature_scale)
        for block in self.blocks:
            x = block(x)
        x = x * torch.rsqrt((x * x).mean(dim=1, keepdim=True) + 1e-6) * self.gain
        gate, mix, offset, width = torch.split(self.head(x), self.splits, dim=1)
        # Gates: the logarithm of the backtest errors plus what the network knows better.
        log_error = torch.log(errors + 0.003)
        ramp = torch.linspace(0, 1, GATE_KNOTS)[None, :, None]
        prior = log_error[:, None, :, 0] * self.trust[0] * (1 - ramp) + log_error[:, None, :, 1] * self.trust[1] * ramp
        weights = torch.softmax(gate.reshape(-1, GATE_KNOTS, len(NAMES)) - prior, dim=2)  # [B, knots, C]
        weights = F.relu(weights - LEAST_GATE)
        weights = weights / weights.sum(dim=2, keepdim=True)
        per_step = interpolation(GATE_KNOTS)
        centre = (torch.matmul(per_step, weights).transpose(1, 2) * candidates).sum(dim=1)  # [B, 60]
        # Scales: learned positive mixes for the median's offset, the lower and the upper half of the band.
        mixed = F.softplus(mix.reshape(-1, 3 * GATE_KNOTS, SCALES))
        unit = (mixed * scales[:, None, :]).sum(dim=2).reshape(-1, 3, GATE_KNOTS)
        unit = torch.matmul(unit, per_step.t())  # [B, 3, 60]
        offset = offset - torch.clamp(offset, -LEAST_OFFSET, LEAST_OFFSET)
        median = centre + offset * unit[:, 0]
        steps = torch.matmul(F.softplus(width.reshape(-1, 8, WIDTH_KNOTS)), interpolation(WIDTH_KNOTS).t())  # [B, 8, 60]
        down = steps[:, :4] * unit[:, 1:2] * 0.5
        up = steps[:, 4:] * unit[:, 2:3] * 0.5
        d1, d2, d3, d4 = (down[:, i] for i in range(4))
        u1, u2, u3, u4 = (up[:, i] for i in range(4))
        q4, q6 = median - d1, median + u1
        q3, q7 = q4 - d2, q6 + u2
        q2, q8 = q3 - d3, q7 + u3
        return torch.stack([q2 - d4, q2, q3, q4, median, q6, q7, q8, q8 + u4], dim=1)


class Forecaster(nn.Module):
    """The shipped graph: raw context [N, 512] -> raw quantiles [N, 9, 60]."""

    def __init__(self, mixer):
        super().__init__()
        self.mixer = mixer
        self.register_buffer("ramp", RAMP.clone())

    def forward(self, context):
        prepared, norm = prepare(context, self.ramp)
        raw = from_model_space(self.mixer(*prepared), norm)
        # A metric that was never negative does not become so.
        floor = context.amin(dim=1)[:, None, None]
        return torch.where(floor >= 0, torch.clamp(raw, min=0.0), raw)
