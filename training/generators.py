"""Synthetic observability-like series: the only training data of the shipped model.

Every family makes long series in batches of rows, from which several windows are cut and cheaply augmented. The mix follows
published evidence for synthetic priors: carrier x slow envelope and heavy-tailed, level-dependent noise (SarSim0, arXiv
2601.00970), many families with regime switches (TempoPFN, arXiv 2510.25502), pulse trains and impulses (TinyCast, arXiv
2608.15767), plus shapes that metrics show: counters with resets, queues, roll-up gaps, exact repeats, integers, percentages.
"""
import numpy as np

CONTEXT, HORIZON = 512, 60
WINDOW = CONTEXT + HORIZON
LENGTH = 1536
BINS = 512
"""Resolution of a seasonal template."""
PERIODS = np.array([288, 144, 96, 48, 24, 12, 60, 30, 168, 336, 360, 7, 36, 72, 120, 180, 240, 20, 10, 16])
PERIOD_SHARE = np.array([12, 8, 7, 7, 12, 6, 7, 3, 3, 2, 6, 4, 1, 2, 2, 2, 2, 1, 1, 1], dtype=float)


def normal(rng, *shape):
    return rng.standard_normal(shape, dtype=np.float32)


def uniform(rng, low, high, *shape):
    return (low + (high - low) * rng.random(shape, dtype=np.float32)).astype(np.float32)


def log_uniform(rng, low, high, *shape):
    return np.exp(uniform(rng, np.log(low), np.log(high), *shape))


def coin(rng, share, n):
    """Random booleans as a column [n, 1]."""
    return rng.random((n, 1)) < share


def rows_of(rng, n, *makers):
    """Splits n rows at random over makers(rng, rows) and returns them in order of maker: [n, LENGTH]."""
    counts = rng.multinomial(n, [1 / len(makers)] * len(makers))
    return np.concatenate([make(rng, k) for make, k in zip(makers, counts) if k], axis=0)


# --- building blocks ---------------------------------------------------------------------------------------------------------


def time_axis():
    return np.arange(LENGTH, dtype=np.float32)[None, :]


def autoregressive(rng, n, phi, length=LENGTH):
    """AR(1) with unit marginal variance: phi [n] -> [n, length]."""
    phi = np.asarray(phi, dtype=np.float32)
    shocks = normal(rng, length, n) * np.sqrt(np.maximum(1 - phi * phi, 1e-4))
    out, state = np.empty((length, n), dtype=np.float32), normal(rng, n)
    for t in range(length):
        state = phi * state + shocks[t]
        out[t] = state
    return np.ascontiguousarray(out.T)


def smooth(rng, n, low=60, high=3000, waves=5):
    """Smooth Gaussian process by random Fourier features with length scales low … high: [n, LENGTH], about unit variance."""
    scale = log_uniform(rng, low, high, n, 1)
    out = np.zeros((n, LENGTH), dtype=np.float32)
    for _ in range(waves):
        out += np.cos(time_axis() * (normal(rng, n, 1) * 2.5 / scale) + uniform(rng, 0, 2 * np.pi, n, 1))
    return out * np.float32(np.sqrt(2 / waves))


def random_walk(rng, n):
    """Random walk divided by the root of its length, some with rare moves only: [n, LENGTH]."""
    steps = normal(rng, n, LENGTH)
    steps *= np.where(coin(rng, 0.4, n), rng.random((n, LENGTH)) < log_uniform(rng, 0.01, 0.5, n, 1), 1)
    return np.cumsum(steps, axis=1) / np.float32(np.sqrt(LENGTH))


def levels(rng, n, mean_length=200):
    """Piecewise constant levels: [n, LENGTH]."""
    change = rng.random((n, LENGTH)) < 1 / log_uniform(rng, mean_length / 5, mean_length * 5, n, 1)
    which = np.cumsum(change, axis=1) % 64
    table = normal(rng, n, 64)
    few = rng.integers(2, 5, (n, 1))
    index = np.where(coin(rng, 0.4, n), which % few, which)
    return np.take_along_axis(table, index, axis=1)


def random_periods(rng, n):
    """Periods [n, 1] as floats, mostly the usual ones."""
    known = rng.choice(PERIODS, size=(n, 1), p=PERIOD_SHARE / PERIOD_SHARE.sum())
    return np.where(coin(rng, 0.78, n), known, np.round(log_uniform(rng, 4, 450, n, 1))).astype(np.float32)


def templates(rng, n):
    """Shapes of one cycle, about unit variance: [n, BINS]. Harmonics, day plateaus, bumps, pulses, ramps and random walks."""
    at = np.arange(BINS, dtype=np.float32)[None, :] / BINS
    kind = rng.integers(0, 10, n)
    out = np.zeros((n, BINS), dtype=np.float32)
    steep = uniform(rng, 0.3, 2.0, n, 1)
    for k in range(1, 7):
        out += normal(rng, n, 1) * k**-steep * np.cos(2 * np.pi * k * at + uniform(rng, 0, 2 * np.pi, n, 1))
    rows = np.flatnonzero(kind == 6)  # a plateau with soft edges: working hours, batch jobs
    start, width, edge = uniform(rng, 0, 1, len(rows), 1), uniform(rng, 0.05, 0.7, len(rows), 1), log_uniform(rng, 0.004, 0.1, len(rows), 1)
    place = np.mod(at - start, 1)
    out[rows] = 0.25 * out[rows] + 3 / (1 + np.exp(np.clip((np.minimum(place, 1 - place) - width / 2) / edge, -30, 30)))
    rows = np.flatnonzero(kind == 7)  # two bumps: morning and evening
    for _ in range(2):
        away = np.abs(np.mod(at - uniform(rng, 0, 1, len(rows), 1) + 0.5, 1) - 0.5)
        out[rows] += uniform(rng, 0.5, 4, len(rows), 1) * np.exp(-0.5 * (away / log_uniform(rng, 0.01, 0.12, len(rows), 1)) ** 2)
    rows = np.flatnonzero(kind == 8)  # ramp or saw-tooth
    out[rows] = 0.3 * out[rows] + 3 * np.mod(at - uniform(rng, 0, 1, len(rows), 1), 1) ** log_uniform(rng, 0.4, 3, len(rows), 1)
    rows = np.flatnonzero(kind == 9)  # a closed random walk
    walk = np.cumsum(normal(rng, len(rows), BINS), axis=1)
    out[rows] = walk - walk[:, -1:] * at
    out -= out.mean(axis=1, keepdims=True)
    return out / (out.std(axis=1, keepdims=True) + 1e-6)


def season(rng, n, period, drift=0.25):
    """Seasonal carrier [n, LENGTH] of a period [n, 1]; some with weekly factors and with cycles of varying size."""
    cycles = (time_axis() + uniform(rng, 0, 1, n, 1) * period) / period
    which = np.floor(cycles).astype(np.int64)
    place = ((cycles - which) * BINS).astype(np.int64) % BINS
    out = np.take_along_axis(templates(rng, n), place, axis=1)
    week = 1 + uniform(rng, 0, 0.35, n, 1) * normal(rng, n, 7)
    weekend = coin(rng, 0.6, n)
    week[:, 5:] = np.where(weekend, uniform(rng, 0.1, 0.9, n, 1), week[:, 5:])
    factor = np.take_along_axis(week, (which + rng.integers(0, 7, (n, 1))) % 7, axis=1)
    out = np.where(coin(rng, 0.35, n), (out + 1.5) * factor - 1.5, out)
    size = uniform(rng, 0, 0.3, n, 1) * normal(rng, n, 512)
    varies = np.take_along_axis(size.astype(np.float32), which % 512, axis=1)
    return np.where(coin(rng, drift, n), out * (1 + varies), out).astype(np.float32)


def noise(rng, n):
    """Noise of about unit scale: white, heavy-tailed or autocorrelated: [n, LENGTH]."""
    white = normal(rng, n, LENGTH)
    heavy = coin(rng, 0.3, n)
    white = np.where(heavy, white * np.exp(0.7 * normal(rng, n, LENGTH) - 0.4), white)
    slow = rng.random(n) < 0.35
    if slow.any():
        white[slow] = autoregressive(rng, int(slow.sum()), uniform(rng, 0.3, 0.97, int(slow.sum())))
    return white.astype(np.float32)


def spikes(rng, n, rate_low=0.001, rate_high=0.05):
    """Sparse positive spikes with log-normal sizes, some with decay: [n, LENGTH]."""
    hit = rng.random((n, LENGTH)) < log_uniform(rng, rate_low, rate_high, n, 1)
    size = np.exp(uniform(rng, 0.2, 1.0, n, 1) * normal(rng, n, LENGTH))
    out = np.where(hit, size, 0).astype(np.float32)
    keep = np.where(coin(rng, 0.4, n), uniform(rng, 0.3, 0.9, n, 1), 0)
    for k in range(1, 6):
        out[:, k:] = np.maximum(out[:, k:], out[:, :-k] * keep**k * (keep > 0))
    return out


def composite(rng, n, clean=False):
    """Double-seasonal carrier x envelope + trend + levels + smooth part + walk + noise: [n, LENGTH]."""
    period = random_periods(rng, n)
    out = season(rng, n, period, 0.15 if clean else 0.4)
    second = coin(rng, 0.3, n)
    factor = rng.choice([2, 7, 7, 4, 24, 0.5, 0.25], size=(n, 1))
    out += np.where(second, uniform(rng, 0.1, 0.9, n, 1) * season(rng, n, np.clip(period * factor, 4, 1200)), 0)
    if clean:
        out += smooth(rng, n, 200, 6000, 3) * log_uniform(rng, 0.01, 0.5, n, 1)
        return (out + noise(rng, n) * log_uniform(rng, 0.003, 0.25, n, 1)).astype(np.float32)
    out *= np.where(coin(rng, 0.5, n), np.exp(uniform(rng, 0.1, 0.6, n, 1) * smooth(rng, n, 100, 3000, 3)), 1)
    out *= np.where(coin(rng, 0.3, n), uniform(rng, 0, 0.5, n, 1), 1)
    out += np.where(coin(rng, 0.4, n), normal(rng, n, 1) * time_axis() * np.float32(2 / LENGTH), 0)
    out += np.where(coin(rng, 0.2, n), levels(rng, n, 400) * uniform(rng, 0.2, 2, n, 1), 0)
    out += np.where(coin(rng, 0.4, n), smooth(rng, n, 20, 2000, 4) * uniform(rng, 0.1, 1.2, n, 1), 0)
    out += np.where(coin(rng, 0.2, n), random_walk(rng, n) * uniform(rng, 0.2, 2, n, 1), 0)
    sigma = log_uniform(rng, 0.01, 1.0, n, 1)
    depends = np.where(coin(rng, 0.35, n), np.exp(0.5 * np.clip(out, -3, 3)), 1)
    return (out + noise(rng, n) * sigma * depends).astype(np.float32)


def rate(rng, n):
    """A log intensity without observation noise: [n, LENGTH]."""
    return season(rng, n, random_periods(rng, n)) * np.where(coin(rng, 0.65, n), uniform(rng, 0.1, 1.2, n, 1), 0) + np.where(
        coin(rng, 0.5, n), smooth(rng, n, 30, 3000, 3) * uniform(rng, 0, 0.7, n, 1), 0
    ) + np.where(coin(rng, 0.2, n), levels(rng, n, 300) * uniform(rng, 0.1, 0.8, n, 1), 0)


# --- families ----------------------------------------------------------------------------------------------------------------


def clean_seasonal(rng, n):
    return composite(rng, n, clean=True)


def counts(rng, n):
    """Poisson and over-dispersed counts on a seasonal rate."""
    expected = np.exp(np.clip(rate(rng, n), -6, 6)) * log_uniform(rng, 0.05, 500, n, 1)
    shape = np.where(coin(rng, 0.5, n), log_uniform(rng, 0.5, 30, n, 1), 1e4)
    expected = expected * rng.standard_gamma(np.broadcast_to(shape, expected.shape)) / shape
    return rng.poisson(np.minimum(expected, 1e6)).astype(np.float32)


def latency(rng, n):
    """Log-normal latencies with levels, load dependence and spikes."""
    log = rate(rng, n) * 0.5 + noise(rng, n) * log_uniform(rng, 0.02, 0.7, n, 1)
    return np.exp(np.clip(log, -8, 8)) + np.where(coin(rng, 0.5, n), spikes(rng, n) * log_uniform(rng, 0.5, 20, n, 1), 0)


def ar_family(rng, n):
    """AR(2) with sampled poles, some integrated."""
    radius, angle = uniform(rng, 0.3, 0.995, n), np.where(rng.random(n) < 0.5, 0, uniform(rng, 0.02, 2.5, n))
    second = np.where(angle > 0, radius, uniform(rng, -0.5, 0.95, n))
    a1 = np.where(angle > 0, 2 * radius * np.cos(angle), radius + second)
    a2 = np.where(angle > 0, -radius * radius, -radius * second)
    shocks, out = normal(rng, LENGTH, n), np.zeros((LENGTH, n), dtype=np.float32)
    for t in range(2, LENGTH):
        out[t] = a1 * out[t - 1] + a2 * out[t - 2] + shocks[t]
    out = np.ascontiguousarray(out.T)
    out = out / (out.std(axis=1, keepdims=True) + 1e-6)
    summed = np.cumsum(out, axis=1)
    return np.where(coin(rng, 0.15, n), summed / (summed.std(axis=1, keepdims=True) + 1e-6), out) + normal(rng, n, 1)


def gauge(rng, n):
    """Bounded, CPU-like percentages."""
    inner = rate(rng, n) + noise(rng, n) * log_uniform(rng, 0.03, 0.8, n, 1) + np.where(coin(rng, 0.3, n), spikes(rng, n) * 2, 0)
    out = 100 / (1 + np.exp(-np.clip(inner + uniform(rng, -4, 3, n, 1), -12, 12)))
    return np.where(coin(rng, 0.3, n), np.round(out, 1), out)


def level_steps(rng, n):
    """Level steps with noise, half of them quantised."""
    out = levels(rng, n) * uniform(rng, 0.5, 3, n, 1) + noise(rng, n) * np.where(coin(rng, 0.25, n), 0, log_uniform(rng, 0.01, 0.6, n, 1))
    grid = log_uniform(rng, 0.05, 1.5, n, 1)
    return np.where(coin(rng, 0.5, n), np.round(out / grid), out)


def walks(rng, n):
    """Random walks, some reflected at a bound, with and without noise or drift."""
    out = random_walk(rng, n) * uniform(rng, 0.5, 3, n, 1) + np.where(coin(rng, 0.3, n), normal(rng, n, 1) * time_axis() / LENGTH * 3, 0)
    out = np.where(coin(rng, 0.25, n), np.abs(out), out)
    return out + normal(rng, n, LENGTH) * np.where(coin(rng, 0.5, n), log_uniform(rng, 0.003, 0.3, n, 1), 0)


def sparse(rng, n):
    """Mostly zero: random spikes and cron-like pulses of fixed period."""
    period = random_periods(rng, n)
    place = np.mod(time_axis() + np.floor(uniform(rng, 0, 1, n, 1) * period), period)
    pulse = (place < rng.integers(1, 5, (n, 1))) * np.exp(np.where(coin(rng, 0.5, n), 0.5, 0.0) * normal(rng, n, LENGTH))
    pulse = pulse * (rng.random((n, LENGTH)) < np.where(coin(rng, 0.7, n), 1, 0.8))
    out = np.where(coin(rng, 0.5, n), pulse * log_uniform(rng, 0.5, 10, n, 1), 0) + np.where(coin(rng, 0.6, n), spikes(rng, n, 0.003, 0.2), 0)
    out = np.where(coin(rng, 0.5, n), np.ceil(out), out)
    return out + np.where(coin(rng, 0.3, n), noise(rng, n) * 0.05, 0) + uniform(rng, 0, 0.01, n, 1)


def pure_noise(rng, n):
    """Stationary noise of several tails, some with slowly changing variance, some one-sided."""
    out = noise(rng, n) * np.where(coin(rng, 0.3, n), np.exp(0.6 * smooth(rng, n, 50, 1000, 3)), 1)
    return np.where(coin(rng, 0.3, n), np.exp(np.clip(uniform(rng, 0.3, 1.2, n, 1) * out, -6, 6)), out)


def counters(rng, n):
    """Saw-teeth: memory growth and cumulative counters with resets at regular, random or threshold-like times."""
    growth = np.maximum(uniform(rng, 0.2, 1, n, 1) + noise(rng, n) * uniform(rng, 0, 0.8, n, 1) + rate(rng, n) * np.where(coin(rng, 0.4, n), 0.5, 0), 0)
    growth *= rng.random((n, LENGTH)) < np.where(coin(rng, 0.4, n), log_uniform(rng, 0.02, 1, n, 1), 1)
    total = np.cumsum(growth, axis=1, dtype=np.float64)
    every = log_uniform(rng, 12, 2500, n, 1)
    regular = np.floor((time_axis() + uniform(rng, 0, 1, n, 1) * every) / every)
    random = np.cumsum(rng.random((n, LENGTH)) < 1 / every, axis=1)
    threshold = np.floor((total / total[:, -1:] + uniform(rng, 0, 1, n, 1)) * LENGTH / every)
    pick = rng.integers(0, 3, (n, 1))
    epoch = np.where(pick == 0, regular, np.where(pick == 1, random, threshold))
    starts = np.concatenate([np.ones((n, 1), bool), np.diff(epoch, axis=1) > 0], axis=1)
    base = np.maximum.accumulate(np.where(starts, total, 0), axis=1)
    out = (total - base * np.where(coin(rng, 0.7, n), 1, uniform(rng, 0.5, 1, n, 1))).astype(np.float32)
    return out + np.where(coin(rng, 0.4, n), noise(rng, n) * out.std(axis=1, keepdims=True) * 0.03, 0)


def queue(rng, n):
    """Reflected walk: arrivals minus service, never negative."""
    drift = rate(rng, n) * 0.4 - uniform(rng, 0.02, 0.5, n, 1)
    total = np.cumsum(drift + normal(rng, n, LENGTH) * uniform(rng, 0.3, 1.5, n, 1), axis=1)
    out = total - np.minimum(np.minimum.accumulate(total, axis=1), 0)
    return np.where(coin(rng, 0.6, n), np.round(out), out)


def on_off(rng, n):
    """Two states with random or periodic switching, with noise in one of them."""
    period = random_periods(rng, n)
    periodic = np.mod(time_axis() + uniform(rng, 0, 1, n, 1) * period, period) < uniform(rng, 0.1, 0.9, n, 1) * period
    random = np.cumsum(rng.random((n, LENGTH)) < 1 / log_uniform(rng, 8, 300, n, 1), axis=1) % 2 == 1
    state = np.where(coin(rng, 0.5, n), periodic, random)
    return state * (1 + noise(rng, n) * np.where(coin(rng, 0.6, n), log_uniform(rng, 0.02, 0.4, n, 1), 0)) + np.where(
        coin(rng, 0.4, n), noise(rng, n) * 0.03, 0
    )


def held(rng, n):
    """Exact repeats: values held for random runs (memory, disk, replica counts), roll-ups sampled every k-th point."""
    source = rows_of(rng, n, walks, composite, level_steps, counters, latency)
    move = rng.random((n, LENGTH)) < log_uniform(rng, 0.01, 0.7, n, 1)
    every = rng.integers(2, 16, (n, 1))
    move = np.where(coin(rng, 0.3, n), np.arange(LENGTH)[None, :] % every == 0, move)
    index = np.maximum.accumulate(np.where(move, np.arange(LENGTH)[None, :], 0), axis=1)
    return np.take_along_axis(source, index, axis=1)


def constant_bursts(rng, n):
    """A constant with rare bursts, and rare level moves."""
    start = rng.random((n, LENGTH)) < log_uniform(rng, 0.001, 0.02, n, 1)
    age = np.arange(LENGTH)[None, :] - np.maximum.accumulate(np.where(start, np.arange(LENGTH)[None, :], -10000), axis=1)
    busy = age < log_uniform(rng, 1, 60, n, 1)
    height = uniform(rng, 0.5, 4, n, 1) * (1 + 0.4 * noise(rng, n))
    base = np.where(coin(rng, 0.3, n), levels(rng, n, 600), 0)
    return base + busy * height + np.where(coin(rng, 0.3, n), normal(rng, n, LENGTH) * log_uniform(rng, 0.003, 0.1, n, 1), 0)


FAMILIES = {
    composite: 0.21, clean_seasonal: 0.12, counts: 0.10, latency: 0.10, ar_family: 0.05, gauge: 0.07, level_steps: 0.05,
    walks: 0.04, sparse: 0.04, pure_noise: 0.03, counters: 0.04, queue: 0.02, on_off: 0.02, held: 0.09, constant_bursts: 0.05,
}
"""Family -> relative share of the windows."""


# --- windows -----------------------------------------------------------------------------------------------------------------


def cut(rng, series, per_series):
    """Random windows of long series: [n, LENGTH] -> [n * per_series, 572]."""
    start = rng.integers(0, LENGTH - WINDOW + 1, (len(series), per_series))
    index = start[:, :, None] + np.arange(WINDOW)[None, None, :]
    return np.take_along_axis(series[:, None, :], index, axis=2).reshape(-1, WINDOW)


def augment(rng, windows):
    """Cheap augmentations in place of more families: [n, 572] -> [n, 572], float32, finite."""
    n = len(windows)
    some = lambda share: np.flatnonzero(rng.random(n) < share)
    out = windows.astype(np.float32)
    out -= out[:, :CONTEXT].mean(axis=1, keepdims=True)
    spread = out[:, :CONTEXT].std(axis=1, keepdims=True)
    out /= np.where(spread > 1e-6, spread, 1)
    rows = some(0.08)
    out[rows] = out[rows][:, ::-1]
    rows = some(0.08)
    out[rows] = -out[rows]
    rows = some(0.10)
    share = uniform(rng, 0.2, 0.8, len(rows), 1)
    out[rows] = share * out[rows] + (1 - share) * out[rng.permutation(n)[: len(rows)]]
    rows = some(0.08)  # clipping
    low, high = np.quantile(out[rows, :CONTEXT], [0.05, 0.9], axis=1)
    upper = rng.random(len(rows)) < 0.6
    out[rows] = np.where(upper[:, None], np.minimum(out[rows], high[:, None]), np.maximum(out[rows], low[:, None]))
    rows = some(0.10)  # anomalies in the context only
    for _ in range(2):
        at, width = rng.integers(0, CONTEXT, (len(rows), 1)), np.maximum(1, log_uniform(rng, 1, 40, len(rows), 1)).astype(int)
        inside = (np.arange(WINDOW)[None, :] >= at) & (np.arange(WINDOW)[None, :] < np.minimum(at + width, CONTEXT))
        out[rows] += inside * normal(rng, len(rows), 1) * 3
    rows = some(0.05)  # short history: flat left part
    first = rng.integers(10, 400, len(rows))
    flat = np.arange(WINDOW)[None, :] < first[:, None]
    out[rows] = np.where(flat, out[rows, first][:, None], out[rows])
    rows = some(0.05)  # missing points carried forward
    moved = rng.random((len(rows), WINDOW)) > uniform(rng, 0.02, 0.5, len(rows), 1)
    index = np.maximum.accumulate(np.where(moved, np.arange(WINDOW)[None, :], 0), axis=1)
    out[rows] = np.take_along_axis(out[rows], index, axis=1)
    rows = some(0.10)  # quantisation
    grid = log_uniform(rng, 0.02, 1.0, len(rows), 1)
    out[rows] = np.round(out[rows] / grid) * grid
    # An offset that makes most rows non-negative, as most metrics are; it also places zero for ratio adjustments.
    positive = out - out.min(axis=1, keepdims=True) + np.where(coin(rng, 0.5, n), 0, log_uniform(rng, 0.1, 30, n, 1))
    out = np.where(coin(rng, 0.75, n), positive, out + normal(rng, n, 1)) * log_uniform(rng, 0.01, 100, n, 1)
    return np.nan_to_num(out, nan=0.0, posinf=1e9, neginf=-1e9).astype(np.float32)


def make_windows(rng, n, per_series=4, families=None):
    """n training windows, shuffled: (windows [n, 572] float32, family index [n])."""
    mix = FAMILIES if families is None else families
    share = np.array(list(mix.values()))
    rows = rng.multinomial(-(-n // per_series), share / share.sum())
    parts, labels = [], []
    for index, (family, count) in enumerate(zip(mix, rows)):
        if count:
            parts.append(cut(rng, np.asarray(family(rng, int(count)), dtype=np.float32), per_series))
            labels.append(np.full(len(parts[-1]), index))
    order = rng.permutation(sum(map(len, parts)))[:n]
    return augment(rng, np.concatenate(parts)[order]), np.concatenate(labels)[order]
