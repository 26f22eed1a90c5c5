"""Exact marginal quantiles of a mixture of Student-T distributions, in plain tensor operations.

In the angle a = atan(t / sqrt(df)) the Student-T density is proportional to cos(a)^(df - 1) (substitute t = sqrt(df) tan a),
a smooth even function. Its Chebyshev series is integrated term by term, which gives the regularised incomplete beta
function of the CDF as an odd series without any gamma function (ONNX has none); the constant follows from the series at
the end of the interval. For large df the density ends long before a right angle, so the interval is cut there.
"""
import math

import numpy as np
import torch
from torch import nn

LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
TERMS = 20
# Standard deviations of the normal limit at which the interval is cut: 2e-9 of the mass lies behind.
CUT_DEVIATIONS = 6.0
HALVINGS = 28
SMALL_ANGLE = 0.25
NORMAL_QUANTILES = (-1.2815515655, -0.8416212336, -0.5244005127, -0.2533471031, 0.0, 0.2533471031, 0.5244005127, 0.8416212336, 1.2815515655)


def _series_tables():
    """(nodes [K], matrix [K, K]): density at the nodes @ matrix = coefficients of T1, T3, T5 … of its integral."""
    node_angles = math.pi * (2 * np.arange(TERMS) + 1) / (4 * TERMS)
    even = 2 * np.cos(2 * np.arange(TERMS)[:, None] * node_angles) / TERMS
    following = np.vstack([even[1:], np.zeros(TERMS)])
    odd = (even - following) / (2 * (2 * np.arange(TERMS)[:, None] + 1))
    return np.cos(node_angles), odd.T


def _log_cos(angle):
    """log(cos(angle)), by its Taylor series where the cosine is too close to 1 for float32."""
    square = angle * angle
    series = -square * (0.5 + square * (1 / 12 + square * (1 / 45 + square * (17 / 2520))))
    return torch.where(angle < SMALL_ANGLE, series, torch.log(torch.cos(angle).clamp(min=1e-30)))


@torch.jit.script
def odd_series(position: torch.Tensor, coefficients: torch.Tensor) -> torch.Tensor:
    """Sum of coefficients[n] * T(2n+1)(position) by Clenshaw's recurrence; position is clamped to [-1, 1]."""
    position = position.clamp(-1.0, 1.0)
    twice = 4.0 * position * position - 2.0
    after, current = torch.zeros_like(position), coefficients[-1].expand_as(position)
    for step in range(coefficients.shape[0] - 2):
        current, after = coefficients[coefficients.shape[0] - 2 - step] + twice * current - after, current
    return position * (coefficients[0] + (twice - 1.0) * current - after)


@torch.jit.script
def bisect(
    low: torch.Tensor, high: torch.Tensor, levels: torch.Tensor, probabilities: torch.Tensor, loc: torch.Tensor, rate: torch.Tensor,
    turn: torch.Tensor, coefficients: torch.Tensor, halvings: int,
) -> torch.Tensor:
    """Halve [low, high] [N, 9, H] around the point where the mixture's CDF reaches the level.

    Scripted rather than traced: the graph then holds one Loop instead of thousands of unrolled operations.
    """
    for _ in range(halvings):
        middle = (low + high) * 0.5
        angle = torch.atan((middle.unsqueeze(-1) - loc) * rate) * turn
        below = (probabilities * (0.5 + odd_series(angle, coefficients))).sum(-1)
        is_left = below < levels
        low = torch.where(is_left, middle, low)
        high = torch.where(is_left, high, middle)
    return (low + high) * 0.5


class StudentTMixture(nn.Module):
    """Quantiles of a mixture by bisection on its CDF, from a bracket that always holds them."""

    def __init__(self):
        super().__init__()
        nodes, matrix = _series_tables()
        self.register_buffer('nodes', torch.from_numpy(nodes.astype('f4')))
        self.register_buffer('matrix', torch.from_numpy(matrix.astype('f4')))
        levels = np.array(LEVELS)
        heaviest = (2 * levels - 1) / np.sqrt(2 * levels * (1 - levels))
        bounds = np.stack([heaviest, np.array(NORMAL_QUANTILES)])
        # [9, 1, 1]: the quantile of one component with df > 2 lies between those of df = 2 and of the normal distribution.
        self.register_buffer('least', torch.from_numpy(bounds.min(0).astype('f4')).reshape(-1, 1, 1))
        self.register_buffer('most', torch.from_numpy(bounds.max(0).astype('f4')).reshape(-1, 1, 1))
        self.register_buffer('levels', torch.from_numpy(levels.astype('f4')).reshape(-1, 1))

    def coefficients(self, df):
        """[...] degrees of freedom (> 2) → (coefficients [K, ...] of CDF - 1/2, reach [...] of the angle)."""
        power = df - 1.0
        reach = (CUT_DEVIATIONS / power.sqrt()).clamp(max=math.pi / 2)
        density = torch.exp(power.unsqueeze(-1) * _log_cos(reach.unsqueeze(-1) * self.nodes))
        raw = density @ self.matrix
        coefficients = raw / (2.0 * raw.sum(-1, keepdim=True))
        return coefficients.permute(df.dim(), *range(df.dim())), reach

    def cdf(self, t, df):
        """CDF of the standard Student-T, element by element."""
        coefficients, reach = self.coefficients(df)
        return 0.5 + odd_series(torch.atan(t / df.sqrt()) / reach, coefficients)

    def forward(self, probabilities, df, loc, scale):
        """Four [N, H, K] tensors of the components → quantiles [N, 9, H]."""
        coefficients, reach = self.coefficients(df)
        coefficients = coefficients.unsqueeze(2)
        reach, probabilities, loc = reach.unsqueeze(1), probabilities.unsqueeze(1), loc.unsqueeze(1)
        rate = 1.0 / (scale * df.sqrt()).unsqueeze(1)
        low = (loc + scale.unsqueeze(1) * self.least).min(-1).values
        high = (loc + scale.unsqueeze(1) * self.most).max(-1).values
        return bisect(low, high, self.levels, probabilities, loc, rate, 1.0 / reach, coefficients, HALVINGS)
