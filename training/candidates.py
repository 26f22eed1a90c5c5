"""Weight-free part of the forecaster: normalisation, candidate forecasts, their backtests, local scales and features.

Everything here is plain tensor code without parameters, so it exports to ONNX and can run in the generator process.
`B` is the batch, `C` = len(NAMES) the number of candidates, `S` = SCALES the number of in-context scales.
"""
import math
from typing import NamedTuple

import torch

from period import CONTEXT, RAMP, find_periods

HORIZON = 60
ORIGINS = (512, 452, 392, 332)
"""Where candidates forecast from: first the real origin, then three in-context backtests of 60 steps each."""
CYCLES = 6
"""Most cycles that a mean of cycles looks back."""
NAMES = (
    "last", "mean5", "mean12", "mean30", "mean60", "mean120", "mean240", "meanAll", "ses30", "ses8",
    "median12", "median60", "median240", "min120", "trend12", "trend60", "trend240",
    "copy1", "copy1Smooth", "copy1Level", "copy1LevelFading", "copy1SmoothLevel", "copy1Ratio", "copy1TwoBack",
    "cycles1", "cycles1Level", "copy2", "copy2Level", "cycles2", "cycles2Level",
    "copy24", "copy168", "copy288", "copy360", "copy24Level", "copy168Level", "copy288Level", "copy360Level",
)
USUAL_PERIODS = (24, 168, 288, 360)
"""Day and week of hours, day of 5 minutes, hour of 10 seconds: tried always, because barely more than one cycle of the last
two is visible and the period finder then often fails."""
SCALES = 14
FEATURES = 128 + 128 + 64 + 4 * 20 + 2 * len(NAMES) + 5 * len(NAMES) + SCALES + 14


class Prepared(NamedTuple):
    """What the network needs of one batch of contexts; all in normalised units."""

    features: torch.Tensor  # [B, FEATURES]
    candidates: torch.Tensor  # [B, C, 60], asinh space
    errors: torch.Tensor  # [B, C, 2], mean absolute backtest error of the near and the far half, asinh space
    scales: torch.Tensor  # [B, SCALES], asinh space


class Norm(NamedTuple):
    """Normalisation of each row: z = (x / peak - mean) / std."""

    peak: torch.Tensor  # [B, 1]
    mean: torch.Tensor  # [B, 1]
    std: torch.Tensor  # [B, 1]


def asinh(x):
    """asinh from operations that opset 17 exporters know; odd, so that it stays exact for large negative values."""
    size = x.abs()
    return torch.sign(x) * torch.log(size + torch.sqrt(size * size + 1))


def sinh(x):
    """sinh from operations that opset 17 exporters know."""
    return 0.5 * (torch.exp(x) - torch.exp(-x))


def normalise(x):
    """x [B, 512] -> (z [B, 512], Norm); constant rows become zeros, huge and tiny rows neither overflow nor vanish."""
    peak = torch.clamp(x.abs().amax(dim=1, keepdim=True), min=1e-30)
    unit = x / peak
    mean = unit.mean(dim=1, keepdim=True)
    centred = unit - mean
    std = torch.clamp(torch.sqrt((centred * centred).mean(dim=1, keepdim=True)), min=1e-6)
    return centred / std, Norm(peak, mean, std)


def to_model_space(values, norm):
    """Raw values [B, T] -> asinh space of the context they follow."""
    return asinh((values / norm.peak - norm.mean) / norm.std)


def from_model_space(y, norm):
    """asinh space [B, 9, 60] -> raw values."""
    peak, mean, std = (part[:, :, None] for part in norm)
    return (sinh(torch.clamp(y, -7.0, 7.0)) * std + mean) * peak


def local_weights():
    """Weights of the linear candidates: [10 + 6, 512]; rows 0-9 are levels, then level and slope of three lines."""
    age = CONTEXT - 1 - torch.arange(CONTEXT, dtype=torch.float32)  # 0 for the newest point
    rows = [(age < n).float() / n for n in (1, 5, 12, 30, 60, 120, 240, CONTEXT)]
    for alpha in (0.06, 0.22):
        weight = torch.exp(age * math.log(1 - alpha))
        rows.append(weight / weight.sum())
    for n in (12, 60, 240):
        time = torch.where(age < n, (n - 1) / 2 - age, torch.zeros_like(age))
        slope = time / (time * time).sum()
        rows.append((age < n).float() / n + slope * ((n - 1) / 2))  # the line's value at the newest point
        rows.append(slope)
    return torch.stack(rows)


def sorted_tail(z, n):
    """The last n points in ascending order: z [R, 512] -> [R, n]."""
    return -torch.topk(-z[:, CONTEXT - n :], n, dim=1).values


def copies(series, period, back):
    """The values `back` periods before each horizon step: series [R, 512], period [R, 1] -> [R, 60]; clamped at the left end."""
    step = torch.arange(HORIZON)[None, :]
    index = CONTEXT - back * period + torch.remainder(step, period)
    return torch.gather(series, 1, torch.clamp(index, min=0))


def level_change(z, period, n=60):
    """How far the last n points lie above the n points one period earlier: [R, 512], [R, 1] -> [R, 1]."""
    index = CONTEXT - n + torch.arange(n)[None, :] - period
    return (z[:, CONTEXT - n :] - torch.gather(z, 1, torch.clamp(index, min=0))).mean(dim=1, keepdim=True)


def cycle_mean(z, period, length):
    """Mean over the visible cycles (at most CYCLES): [R, 512], [R, 1], length [R, 1] visible points -> [R, 60]."""
    rows = z.shape[0]
    step = torch.arange(HORIZON)[None, None, :]
    back = (torch.arange(CYCLES) + 1)[None, :, None]
    index = CONTEXT - back * period[:, :, None] + torch.remainder(step, period[:, :, None])
    seen = ((index >= CONTEXT - length[:, :, None]) | (back == 1)).float()
    values = torch.gather(z, 1, torch.clamp(index, min=0).reshape(rows, CYCLES * HORIZON)).reshape(rows, CYCLES, HORIZON)
    return (values * seen).sum(dim=1) / seen.sum(dim=1)


def all_candidates(z, length, zero, p1, p2):
    """All candidate forecasts of right-aligned contexts.

    z [R, 512], length [R, 1] points that are real (the left rest repeats the first one), zero [R, 1] where raw 0 lies,
    periods [R, 1] -> (candidates [R, C, 60], sorted last 60 [R, 60], sorted last 240 [R, 240]).
    """
    ahead = torch.arange(1, HORIZON + 1, dtype=torch.float32)[None, :]
    local = z @ local_weights().t()
    sorted60, sorted240 = sorted_tail(z, 60), sorted_tail(z, 240)
    sorted12 = sorted_tail(z, 12)

    def middle(values):
        half = values.shape[1] // 2
        return 0.5 * (values[:, half - 1 : half] + values[:, half : half + 1])

    least = z[:, CONTEXT - 120 :].amin(dim=1, keepdim=True)
    flat = torch.cat([local[:, :10], middle(sorted12), middle(sorted60), middle(sorted240), least], dim=1)
    out = [flat[:, :, None].expand(-1, -1, HORIZON)]
    for k, decay in enumerate((0.90, 0.97, 0.985)):
        reach = decay * (1 - decay**ahead) / (1 - decay)
        out.append((local[:, 10 + 2 * k : 11 + 2 * k] + local[:, 11 + 2 * k : 12 + 2 * k] * reach)[:, None, :])
    smooth = torch.nn.functional.avg_pool1d(z[:, None, :], 9, 1, 4, count_include_pad=False)[:, 0, :]
    copy1, smooth1 = copies(z, p1, 1), copies(smooth, p1, 1)
    twice = torch.where(2 * p1 <= length, copies(z, p1, 2), copy1)
    change1, recent1 = level_change(z, p1), level_change(z, p1, 12)
    before = local[:, 4:5] - change1 - zero
    ratio = torch.clamp((local[:, 4:5] - zero) / torch.where(before.abs() < 0.05, torch.full_like(before, 0.05), before), 0.4, 2.5)
    cycles1, cycles2 = cycle_mean(z, p1, length), cycle_mean(z, p2, length)
    copy2, change2 = copies(z, p2, 1), level_change(z, p2)
    recent = local[:, 4:5]

    def cycles_gap(cycles, period, change):
        """How far the recent level lies above the mean cycle; within a long cycle only equal phases compare."""
        return torch.where(period > 60, change, recent - cycles.mean(dim=1, keepdim=True))

    seasonal = [
        copy1, smooth1, copy1 + change1, copy1 + recent1 * torch.exp(-ahead / 20.0), smooth1 + change1,
        (copy1 - zero) * ratio + zero, twice, cycles1, cycles1 + cycles_gap(cycles1, p1, change1),
        copy2, copy2 + change2, cycles2, cycles2 + cycles_gap(cycles2, p2, change2),
    ]
    usual = [copies(z, torch.full_like(p1, period), 1) for period in USUAL_PERIODS]
    seasonal += usual + [copy + level_change(z, torch.full_like(p1, period)) for copy, period in zip(usual, USUAL_PERIODS)]
    out.append(torch.stack(seasonal, dim=1))
    return torch.cat(out, dim=1), sorted60, sorted240


def means(x, width):
    """Means of neighbouring groups: [B, T] -> [B, T / width]."""
    return x.reshape(x.shape[0], -1, width).mean(dim=2)


def prepare(x, ramp=RAMP):
    """Raw contexts x [B, 512] -> (Prepared, Norm); ramp is period.RAMP, passed in where it must be part of a graph."""
    z, norm = normalise(x)
    y = asinh(z)
    p1, p2, s1, s2 = find_periods(y, ramp)
    zero = torch.clamp(-norm.mean / norm.std, -50.0, 50.0)
    views, count = [z], len(ORIGINS)
    for origin in ORIGINS[1:]:
        views.append(torch.cat([z[:, :1].expand(-1, CONTEXT - origin), z[:, :origin]], dim=1))
    stacked = torch.cat(views, dim=0)  # [4 B, 512], origin after origin
    length = torch.cat([torch.full_like(p1, origin) for origin in ORIGINS], dim=0)
    repeat = lambda part: torch.cat([part] * count, dim=0)
    raw, sorted60, sorted240 = all_candidates(stacked, length, repeat(zero), repeat(p1), repeat(p2))
    model_space = asinh(torch.clamp(raw, -500.0, 500.0)).reshape(count, -1, len(NAMES), HORIZON)
    candidates, tested = model_space[0], model_space[1:]
    truth = torch.stack([y[:, origin : origin + HORIZON] for origin in ORIGINS[1:]], dim=0)[:, :, None, :]
    gap = truth - tested  # [3, B, C, 60]
    halves = gap.abs().reshape(3, -1, len(NAMES), 2, HORIZON // 2).mean(dim=4)
    errors = halves.mean(dim=0)
    newest = halves[0]
    bias = gap[0].mean(dim=2)

    rows = x.shape[0]
    step = (y[:, 1:] - y[:, :-1]).abs()
    recent = y[:, CONTEXT - 60 :]
    spread = lambda part: torch.sqrt((part - part.mean(dim=1, keepdim=True)).pow(2).mean(dim=1, keepdim=True) + 1e-12)
    order60, order240 = asinh(sorted60[:rows]), asinh(sorted240[:rows])
    between = lambda order, low, high: order[:, high : high + 1] - order[:, low : low + 1]
    best = errors.amin(dim=1)
    scales = torch.cat([
        step.mean(dim=1, keepdim=True), step[:, -60:].mean(dim=1, keepdim=True), spread(y[:, CONTEXT - 30 :]),
        spread(y[:, CONTEXT - 120 :]), spread(y), best, between(order60, 6, 30), between(order60, 30, 54),
        between(order240, 24, 120), between(order240, 120, 216), between(order240, 120, 235), newest.amin(dim=1),
    ], dim=1)
    log_error = lambda e: torch.log(e + 1e-3)
    reference = log_error(errors.mean(dim=2)).amin(dim=1, keepdim=True)
    half_means = candidates.reshape(rows, len(NAMES), 2, HORIZON // 2).mean(dim=3)
    last = y[:, -1:]
    local_unit = torch.clamp((y[:, CONTEXT - 64 :] - recent.mean(dim=1, keepdim=True)) / (spread(recent) + 1e-3), -4.0, 4.0)
    repeats = (step < 1e-5).float()
    skew = ((recent - recent.mean(dim=1, keepdim=True)) / (spread(recent) + 1e-3)).pow(3).mean(dim=1, keepdim=True)
    shape = lambda name: means(candidates[:, NAMES.index(name)], 3)
    features = torch.cat([
        y[:, CONTEXT - 128 :], means(y, 4), local_unit,
        shape("copy1"), shape("cycles1"), shape("copy2"), shape("copy1SmoothLevel"),
        half_means.reshape(rows, -1) - last,
        log_error(errors.reshape(rows, -1)), log_error(newest.mean(dim=2)) - reference,
        log_error(halves.mean(dim=3).amax(dim=0)) - reference, asinh(bias * 4.0),
        log_error(scales),
        s1, s2, torch.log(p1.float()) - 4.0, torch.log(p2.float()) - 4.0, reference,
        repeats.mean(dim=1, keepdim=True), repeats[:, -120:].mean(dim=1, keepdim=True), repeats[:, -30:].mean(dim=1, keepdim=True),
        asinh(skew), asinh(zero), asinh(y.amin(dim=1, keepdim=True)), asinh(y.amax(dim=1, keepdim=True)),
        (y[:, -1:] - y[:, CONTEXT - 120 :].amin(dim=1, keepdim=True)), (y[:, CONTEXT - 120 :].amax(dim=1, keepdim=True) - y[:, -1:]),
    ], dim=1)
    return Prepared(torch.clamp(features, -9.0, 9.0), candidates, errors, scales), norm
