"""Weight-free period finder, written with plain tensor operations so that it exports to ONNX.

The autocorrelation comes from a discrete Fourier transform by matrix products (the Wiener-Khinchin theorem). Its tables are
computed from RAMP; the exported graph holds RAMP as a buffer, so the file stores 1,024 numbers and not three matrices.
"""
import math

import torch

CONTEXT = 512
MIN_LAG, MAX_LAG = 4, 452
FALLBACK_PERIOD = 60
_PADDED = 1024
"""Transform length; at least CONTEXT + MAX_LAG, so that the circular autocorrelation equals the linear one."""
RAMP = torch.arange(_PADDED, dtype=torch.float32)


def autocorrelation(x, ramp=RAMP):
    """Normalised autocorrelation at lags 0 … MAX_LAG + 1.

    x [B, 512] without mean and line -> [B, MAX_LAG + 2], each lag divided by the energies of the two overlapping parts.
    """
    time, freq, lag = ramp[:CONTEXT], ramp[: _PADDED // 2 + 1], ramp[: MAX_LAG + 2]
    angle = 2 * math.pi / _PADDED
    forward = torch.remainder(time[:, None] * freq[None, :], _PADDED) * angle
    real, imag = x @ torch.cos(forward), x @ torch.sin(forward)
    twice = torch.where((freq == 0) | (freq == _PADDED // 2), torch.ones_like(freq), 2 * torch.ones_like(freq))
    power = (real * real + imag * imag) * (twice / _PADDED)
    inverse = torch.remainder(freq[:, None] * lag[None, :], _PADDED) * angle
    products = power @ torch.cos(inverse)
    energy = torch.cumsum(x * x, dim=1)
    total = energy[:, -1:]
    head = torch.flip(energy, [1])[:, : MAX_LAG + 2]  # energy of x[: 512 - lag]
    tail = torch.cat([total, total - energy[:, : MAX_LAG + 1]], dim=1)  # energy of x[lag :]
    return products / torch.sqrt(torch.clamp(head * tail, min=1e-8))


def remove_line(x):
    """Removes the least-squares line: x [B, 512] -> [B, 512]."""
    time = torch.arange(CONTEXT, dtype=torch.float32) - (CONTEXT - 1) / 2
    slope = (x * time).mean(dim=1, keepdim=True) / (time * time).mean()
    return x - x.mean(dim=1, keepdim=True) - slope * time


def find_periods(x, ramp=RAMP):
    """The two most likely periods of each row.

    x [B, 512] -> (p1, p2) int64 [B, 1] and their scores (s1, s2) float [B, 1]. A period is a local maximum of the
    autocorrelation after its first negative lag, with long lags discounted by up to 12 %; p2 is at least 25 % away from p1.
    A row without such a maximum gets FALLBACK_PERIOD with score 0.
    """
    corr = autocorrelation(remove_line(x), ramp)
    lag = torch.arange(MIN_LAG, MAX_LAG + 1)
    at = corr[:, MIN_LAG : MAX_LAG + 1]
    after_negative = torch.cumsum((corr[:, 1 : MAX_LAG + 1] < 0).float(), dim=1)[:, MIN_LAG - 1 :] > 0
    peak = (at >= corr[:, MIN_LAG - 1 : MAX_LAG]) & (at > corr[:, MIN_LAG + 1 : MAX_LAG + 2]) & after_negative & (at > 0)
    score = torch.where(peak, at * (1 - 0.12 * lag.float() / MAX_LAG), torch.zeros_like(at))
    s1, i1 = score.max(dim=1, keepdim=True)
    p1 = torch.where(s1 > 0, i1 + MIN_LAG, torch.full_like(i1, FALLBACK_PERIOD))
    far = (lag[None, :] - p1).abs().float() > 0.25 * p1.float()
    s2, i2 = torch.where(far, score, torch.zeros_like(score)).max(dim=1, keepdim=True)
    p2 = torch.where(s2 > 0, i2 + MIN_LAG, torch.full_like(i2, FALLBACK_PERIOD))
    return p1, p2, s1, s2
