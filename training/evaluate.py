"""Scores a trained forecaster on real windows, for development only; no such data is part of the project.

    python3 training/evaluate.py --data DIR [--model media/models/forecaster.onnx | --checkpoint OUT/checkpoint.pt] [--sources a,b]

DIR holds one `<source>.jsonl` a source (lines {"id", "values"}) and `windows.json` {"windows": [[source, id, origin, season]]}.
Errors are ratios to seasonal-naive: MASE of the median and the scaled quantile loss of 0.1, 0.5, 0.9; the mean over a series'
windows, then the geometric mean over series and over sources. Coverage is the share of targets within 0.1 … 0.9.
"""
import argparse
import json
import pathlib
from collections import defaultdict

import numpy as np

CONTEXT, HORIZON = 512, 60
Z80 = 1.2815515655446004


def load_windows(directory, sources=None):
    """-> list of (source, series id, season, context [512], target [60])."""
    series = {}
    for path in sorted(directory.glob("*.jsonl")):
        if sources is None or path.stem in sources:
            for line in path.read_text().splitlines():
                row = json.loads(line)
                series[path.stem, row["id"]] = np.asarray(row["values"], dtype=np.float64)
    out = []
    for source, name, origin, season in json.loads((directory / "windows.json").read_text())["windows"]:
        if (source, name) in series:
            values = series[source, name]
            out.append((source, name, season, values[origin - CONTEXT : origin], values[origin : origin + HORIZON]))
    return out


def errors(target, quantiles, scale):
    """(MASE, scaled quantile loss) of quantiles [3, 60] (0.1, 0.5, 0.9)."""
    level = np.array([0.1, 0.5, 0.9])[:, None]
    gap = target - quantiles
    return np.abs(gap[1]).mean() / scale, 2 * np.maximum(level * gap, (level - 1) * gap).mean() / scale


def score(windows, quantiles):
    """windows as loaded, quantiles [n, 3, 60] -> ({source: (MASE ratio, SQL ratio, coverage, series)}, overall ratios)."""
    mine, base, inside = defaultdict(list), defaultdict(list), defaultdict(list)
    for (source, name, season, context, target), predicted in zip(windows, quantiles):
        lagged = context[season:] - context[:-season]
        scale = np.abs(lagged).mean()
        if scale == 0:
            continue
        step = np.arange(HORIZON)
        naive = context[CONTEXT - season + step % season]
        band = Z80 * np.sqrt((lagged**2).mean()) * np.sqrt(step // season + 1)
        base[source, name].append(errors(target, np.stack([naive - band, naive, naive + band]), scale))
        mine[source, name].append(errors(target, predicted, scale))
        inside[source].append(((target >= predicted[0]) & (target <= predicted[2])).mean())
    logs = defaultdict(list)
    for key in mine:
        logs[key[0]].append(np.log((np.mean(mine[key], axis=0) + 1e-5) / (np.mean(base[key], axis=0) + 1e-5)))
    by_source = {source: (*np.exp(np.mean(rows, axis=0)), np.mean(inside[source]), len(rows)) for source, rows in logs.items()}
    overall = np.exp(np.mean([np.mean(rows, axis=0) for rows in logs.values()], axis=0))
    return by_source, overall


def checkpoint_predictor(path):
    """Averaged weights of a training checkpoint -> function contexts [n, 512] -> quantiles [n, 9, 60]."""
    import torch

    from model import Forecaster, Mixer

    state = torch.load(path, map_location="cpu")
    mixer = Mixer(**state["shape"])
    mixer.load_state_dict(state["average"])
    forecaster = Forecaster(mixer).eval()

    def predict(contexts):
        with torch.no_grad():
            return torch.cat([forecaster(part) for part in torch.from_numpy(contexts).split(256)]).numpy()

    return predict


def onnx_predictor(path):
    """Exported model -> function contexts [n, 512] -> quantiles [n, 9, 60]."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return lambda contexts: np.concatenate([session.run(None, {"context": part})[0] for part in np.array_split(contexts, -(-len(contexts) // 256))])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path(__file__).parent.parent / "media/models/forecaster.onnx")
    parser.add_argument("--checkpoint", type=pathlib.Path)
    parser.add_argument("--sources", help="comma-separated; all of DIR without it")
    args = parser.parse_args()
    windows = load_windows(args.data, args.sources and set(args.sources.split(",")))
    contexts = np.stack([context for *_, context, _ in windows]).astype(np.float32)
    predict = checkpoint_predictor(args.checkpoint) if args.checkpoint else onnx_predictor(args.model)
    by_source, overall = score(windows, predict(contexts)[:, [0, 4, 8]].astype(np.float64))
    for source, (mase, sql, covered, count) in sorted(by_source.items()):
        print(f"{source:20s} MASE {mase:.3f}  SQL {sql:.3f}  coverage {covered:.3f}  ({count} series)")
    print(f"{'sources equal':20s} MASE {overall[0]:.3f}  SQL {overall[1]:.3f}")


if __name__ == "__main__":
    main()
