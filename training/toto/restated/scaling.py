"""What happens to the values before and after the network: z-score, gaps, causal patch-wise scaling, asinh."""
import numpy as np
import torch
from torch import nn

LARGEST = 3.0e38
# Beyond this sinh would leave the range of float32; asinh of any scaled value that occurs is below 30.
SINH_LIMIT = 60.0


def split_missing(context):
    """[N, L] raw values → (values with 0 where missing, 1.0 where observed). NaN and infinities count as missing."""
    is_seen = context.abs() <= LARGEST
    return torch.where(is_seen, context, torch.zeros_like(context)), is_seen.to(torch.float32)


def z_score(values, seen):
    """Bring [N, L] to mean 0 and deviation 1 over the observed points, in float64.

    Toto 1.0 adds 0.1 under the root of its own scale, which crushes metrics of small magnitude; z-scoring first makes
    the forecast independent of the unit. Returns (z [N, L] float32, mean [N, 1] float64, deviation [N, 1] float64).
    """
    seen = seen.double()
    count = seen.sum(-1, keepdim=True).clamp(min=1.0)
    mean = (values.double() * seen).sum(-1, keepdim=True) / count
    offset = (values.double() - mean) * seen
    # Divided by the largest offset first, so that squares of values near the end of float32 stay finite and exact.
    reach = offset.abs().max(-1, keepdim=True).values
    reach = torch.where(reach > 0, reach, torch.ones_like(reach))
    unit = offset / reach
    deviation = reach * ((unit * unit).sum(-1, keepdim=True) / count).sqrt()
    deviation = torch.where(deviation > 0, deviation, torch.ones_like(deviation))
    return (offset / deviation).float(), mean, deviation


def fill_gaps(z, seen, later):
    """Repeat the last observed value through each gap (the first one backwards through a gap at the start).

    `later` is the constant [L, L] matrix of what `last_seen_table` returns; a graph cannot walk, so it takes a maximum.
    """
    length = z.shape[-1]
    last = (seen.unsqueeze(1) * later).max(-1).values
    first = length - (seen * torch.arange(length, 0, -1, dtype=torch.float32)).max(-1, keepdim=True).values
    index = torch.where(last > 0, last - 1, first.clamp(max=length - 1.0).expand_as(last))
    return z.gather(-1, index.long())


def last_seen_table(length):
    """[L, L]: row t holds position + 1 for positions up to t and 0 behind, so that a row's maximum is the last one seen."""
    return torch.tril(torch.ones(length, length)) * torch.arange(1, length + 1, dtype=torch.float32)


class CausalPatchScaler(nn.Module):
    """Location and scale of everything up to the end of each patch: scale = sqrt(variance + minimum).

    The original accumulates with Welford's recurrence in float64; sums of powers in float64 are the same numbers on
    z-scored values. Its clamp of the scale to 10^±10 of the global scale cannot act on z-scored values either.
    """

    def __init__(self, length, patch, minimum, has_bessel=True):
        super().__init__()
        self.minimum = minimum
        self.correction = 1.0 if has_bessel else 0.0
        ends = np.arange(patch, length + 1, patch)
        self.register_buffer('prefix', torch.from_numpy((np.arange(length)[:, None] < ends).astype('f8')))

    def forward(self, z, seen):
        """(z [N, L], seen [N, L]) → (location [N, P], scale [N, P]) in float32."""
        seen = seen.double()
        values = z.double() * seen
        count = seen @ self.prefix
        divisor = count.clamp(min=1.0)
        mean = (values @ self.prefix) / divisor
        spread = ((values * values) @ self.prefix - mean * mean * count).clamp(min=0.0)
        variance = spread / (count - self.correction).clamp(min=1.0)
        return mean.float(), (variance + self.minimum).sqrt().float()


def asinh(x):
    """asinh in operations that every exporter knows."""
    return torch.sign(x) * torch.log(x.abs() + torch.sqrt(x * x + 1.0))


def sinh(x):
    x = x.clamp(-SINH_LIMIT, SINH_LIMIT)
    return (torch.exp(x) - torch.exp(-x)) * 0.5


def restore_units(quantiles, mean, deviation):
    """[N, 9, H] in z-scores → raw units, float32 and finite."""
    raw = quantiles.double() * deviation.unsqueeze(-1) + mean.unsqueeze(-1)
    return raw.clamp(-LARGEST, LARGEST).float()


def sort_levels(quantiles):
    """[N, 9, H] sorted over the levels, as a TopK (an ONNX graph has no Sort)."""
    by_step = quantiles.transpose(1, 2)
    return torch.topk(by_step, by_step.shape[-1], dim=-1, largest=False, sorted=True).values.transpose(1, 2)
