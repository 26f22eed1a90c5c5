"""Trains the forecaster on synthetic series; see README.md.

    OPENBLAS_NUM_THREADS=1 python3 training/train.py --minutes 80 --seed 1 --out /tmp/forecaster

One process generates and prepares windows, this one trains. The learning rate follows the elapsed share of the time budget,
not the step, so that a run always ends with its decay however busy the machine is. Resumes from OUT/checkpoint.pt.
"""
import argparse
import copy
import math
import os
import pathlib
import queue
import time

import numpy as np
import torch
from torch import multiprocessing

from candidates import prepare, to_model_space
from generators import CONTEXT, FAMILIES, make_windows
from model import QUANTILES, Mixer

CHUNK, BATCH = 4096, 512
POOL = 8
"""Chunks from which batches are drawn in turn."""
VALIDATION_SEED = 777_000_001
QUANTILE_WEIGHTS = torch.tensor([1.5, 1, 1, 1, 3, 1, 1, 1, 1.5])
"""The median and the outer quantiles count more: they are what the product shows."""


def prepare_windows(windows):
    """Windows [n, 572] -> tuple (features, candidates, errors, scales, target [n, 60], weight [n]); asinh space.

    A window's weight is the inverse of its difficulty (the best candidate's error on the target and on the backtests), because
    the aim is a geometric mean of error ratios.
    """
    context, future = torch.from_numpy(windows[:, :CONTEXT]), torch.from_numpy(windows[:, CONTEXT:])
    parts = []
    with torch.no_grad():
        for rows in torch.arange(len(windows)).split(BATCH):
            prepared, norm = prepare(context[rows])
            target = torch.clamp(to_model_space(future[rows], norm), -6.0, 6.0)
            miss = (target[:, None, :] - prepared.candidates).abs().mean(dim=2).amin(dim=1)
            weight = 1 / (0.02 + 0.5 * (miss + prepared.errors.mean(dim=2).amin(dim=1)))
            parts.append((prepared.features.half(), prepared.candidates, prepared.errors, prepared.scales, target, weight))
    return tuple(torch.cat(column) for column in zip(*parts))


def generate(seed, first, chunks):
    """Generator process: puts prepared chunks into the queue while its parent lives; chunk k depends on the seed and k only."""
    torch.set_num_threads(1)
    number, parent = first, os.getppid()
    while os.getppid() == parent:
        windows, _ = make_windows(np.random.default_rng([seed, number]), CHUNK)
        prepared = prepare_windows(windows)
        while os.getppid() == parent:
            try:
                chunks.put(prepared, timeout=5)
                break
            except queue.Full:
                continue
        number += 1


def pinball(quantiles, target):
    """Pinball loss by quantile: [B, 9, 60], [B, 60] -> [B, 9]."""
    level = torch.tensor(QUANTILES)[None, :, None]
    gap = target[:, None, :] - quantiles
    return torch.maximum(level * gap, (level - 1) * gap).mean(dim=2)


def weighted_loss(mixer, batch):
    features, candidates, errors, scales, target, weight = batch
    quantiles = mixer(features.float(), candidates, errors, scales)
    loss = (pinball(quantiles, target) * QUANTILE_WEIGHTS).sum(dim=1) / QUANTILE_WEIGHTS.sum()
    return (loss * weight).mean()


def learning_rate(share, step, peak):
    """Warm-up over 200 steps, constant until 60 % of the budget, then cosine to 1 % of the peak."""
    decay = 1.0 if share < 0.6 else 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, (share - 0.6) / 0.4)))
    return peak * decay * min(1.0, (step + 1) / 200)


class Pool:
    """Batches drawn at random from the newest chunks; each chunk is used `reuse` times."""

    def __init__(self, chunks, reuse, seed):
        self.chunks, self.reuse = chunks, reuse
        self.random = np.random.default_rng(seed)
        self.open = []
        self.taken = 0

    def _accept(self, chunk):
        order = torch.cat([torch.from_numpy(self.random.permutation(CHUNK)) for _ in range(self.reuse)])
        self.open.append((chunk, list(order.split(BATCH))))
        self.taken += 1

    def batch(self):
        while len(self.open) < POOL:
            try:
                self._accept(self.chunks.get(block=not self.open, timeout=None))
            except queue.Empty:
                break
        index = int(self.random.integers(len(self.open)))
        chunk, batches = self.open[index]
        rows = batches.pop()
        if not batches:
            self.open.pop(index)
        return tuple(column[rows] for column in chunk)


def validate(mixer, columns, labels):
    """Weighted loss, median error against the best candidate in hindsight and coverage, overall and by family."""
    with torch.no_grad():
        quantiles = mixer(columns[0].float(), columns[1], columns[2], columns[3])
        target, weight = columns[4], columns[5]
        loss = (pinball(quantiles, target) * QUANTILE_WEIGHTS).sum(dim=1) / QUANTILE_WEIGHTS.sum() * weight
        error = (quantiles[:, 4] - target).abs().mean(dim=1)
        best = (target[:, None, :] - columns[1]).abs().mean(dim=2).amin(dim=1)
        ratio = torch.log((error + 1e-3) / (best + 1e-3))
        covered = ((target >= quantiles[:, 0]) & (target <= quantiles[:, 8])).float().mean(dim=1)
    by_family = {}
    for index, family in enumerate(FAMILIES):
        rows = torch.from_numpy(labels == index)
        by_family[family.__name__] = (loss[rows].mean().item(), ratio[rows].mean().exp().item(), covered[rows].mean().item())
    return loss.mean().item(), ratio.mean().exp().item(), covered.mean().item(), by_family


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--width", type=int, default=320)
    parser.add_argument("--hidden", type=int, default=448)
    parser.add_argument("--blocks", type=int, default=3)
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    parser.add_argument("--reuse", type=int, default=3, help="how often each window is used")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)

    windows, labels = make_windows(np.random.default_rng(VALIDATION_SEED), CHUNK)
    held_out = prepare_windows(windows)
    mixer = Mixer(args.width, args.hidden, args.blocks)
    features = held_out[0].float()
    mixer.feature_mean.copy_(features.mean(dim=0))
    mixer.feature_scale.copy_(1 / torch.clamp(features.std(dim=0), min=0.05))
    average = copy.deepcopy(mixer)
    matrices = [p for p in mixer.parameters() if p.ndim > 1]
    vectors = [p for p in mixer.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}], lr=args.rate, betas=(0.9, 0.98)
    )
    step, elapsed, first = 0, 0.0, 0
    saved = args.out / "checkpoint.pt"
    if saved.exists():
        state = torch.load(saved)
        mixer.load_state_dict(state["mixer"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        step, elapsed, first = state["step"], state["elapsed"], state["chunks"]
        print(f"resumed at step {step}, {elapsed / 60:.1f} min", flush=True)

    chunks = multiprocessing.Queue(maxsize=3)
    generator = multiprocessing.Process(target=generate, args=(args.seed, first, chunks), daemon=True)
    generator.start()
    pool = Pool(chunks, args.reuse, [args.seed, first])

    def save():
        state = {
            "mixer": mixer.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(), "shape": mixer.shape,
            "step": step, "elapsed": elapsed, "chunks": first + pool.taken, "windows": step * BATCH, "seed": args.seed,
        }
        torch.save(state, saved.with_suffix(".tmp"))
        saved.with_suffix(".tmp").replace(saved)

    budget = args.minutes * 60
    begin = time.time() - elapsed
    report, keep, losses = elapsed + 30, elapsed + 240, []
    while elapsed < budget:
        rate = learning_rate(elapsed / budget, step, args.rate)
        for group in optimiser.param_groups:
            group["lr"] = rate
        loss = weighted_loss(mixer, pool.batch())
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(mixer.parameters(), 1.0)
        optimiser.step()
        step += 1
        decay = min(0.999, (1 + step) / (10 + step))
        with torch.no_grad():
            torch._foreach_mul_(list(average.parameters()), decay)
            torch._foreach_add_(list(average.parameters()), list(mixer.parameters()), alpha=1 - decay)
        losses.append(loss.item())
        elapsed = time.time() - begin
        if elapsed >= report or elapsed >= budget:
            total, ratio, covered, _ = validate(average, held_out, labels)
            print(
                f"{elapsed / 60:6.1f} min  step {step}  {step * BATCH / elapsed:.0f} windows/s  rate {rate:.5f}  train {np.mean(losses):.4f}"
                f"  validation {total:.4f}  to best candidate {ratio:.3f}  coverage {covered:.3f}", flush=True,
            )
            losses, report = [], elapsed + 60
        if elapsed >= keep or elapsed >= budget:
            save()
            keep = elapsed + 240
    for family, (total, ratio, covered) in validate(average, held_out, labels)[3].items():
        print(f"{family:18s} loss {total:.4f}  to best candidate {ratio:.3f}  coverage {covered:.3f}", flush=True)
    generator.terminate()


if __name__ == "__main__":
    main()
