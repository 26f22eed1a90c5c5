"""Compares the exported model in ONNX Runtime with torch on synthetic windows and on degenerate inputs.

    python3 training/parity.py --checkpoint OUT/checkpoint.pt [--model media/models/forecaster.onnx]

Prints the largest difference relative to the range of each window, against torch with float32 weights and against torch with
the same float16 weights (what remains there is arithmetic only). Exits with 1 above the tolerance.
"""
import argparse
import pathlib
import sys

import numpy as np
import torch

from export import DEFAULT_OUT, halve_weights, load_forecaster
from generators import CONTEXT, make_windows

TOLERANCE = 1e-3
"""Largest accepted difference to torch with the same weights, relative to the window's range. Ties between periods may resolve
differently, so it applies to all but the worst 1 % of the windows."""


def degenerate_inputs():
    """Contexts that break careless arithmetic: [n, 512] float32."""
    ramp = np.arange(CONTEXT, dtype=np.float32)
    step = np.where(ramp < 300, 0.0, 1.0)
    rows = [0 * ramp, 0 * ramp + 7, 0 * ramp - 1e30, ramp * 1e-30, ramp * 1e30, 1e9 + step, np.where(ramp == 511, 1e6, 0.0), -ramp, step, np.sin(ramp) * 1e-12]
    return np.stack(rows).astype(np.float32)


def differences(expected, got, contexts):
    """Largest absolute difference by window, relative to the window's range: three [n, …] arrays -> [n]."""
    reach = np.maximum(contexts.max(axis=1) - contexts.min(axis=1), 1e-6 * np.abs(contexts).max(axis=1) + 1e-30)
    return (np.abs(expected.astype(np.float64) - got) / reach[:, None, None]).max(axis=(1, 2))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, default=DEFAULT_OUT)
    parser.add_argument("--windows", type=int, default=500)
    args = parser.parse_args()
    import onnxruntime

    torch.set_num_threads(1)
    session = onnxruntime.InferenceSession(str(args.model), providers=["CPUExecutionProvider"])
    windows, _ = make_windows(np.random.default_rng(20_001), args.windows)
    contexts = np.ascontiguousarray(windows[:, :CONTEXT])
    got = session.run(None, {"context": contexts})[0]
    with torch.no_grad():
        exact = load_forecaster(args.checkpoint)(torch.from_numpy(contexts)).numpy()
        same = halve_weights(load_forecaster(args.checkpoint))(torch.from_numpy(contexts)).numpy()
    edge = session.run(None, {"context": degenerate_inputs()})[0]
    finite = bool(np.isfinite(edge).all() and np.isfinite(got).all())
    monotone = bool((np.diff(got, axis=1) >= 0).all() and (np.diff(edge, axis=1) >= 0).all())
    usual = 0.0
    for name, reference in (("float32 weights", exact), ("same weights", same)):
        gap = differences(reference, got, contexts)
        usual = np.quantile(gap, 0.99)
        print(f"{name}: median {np.median(gap):.1e}, 99 % {usual:.1e}, largest {gap.max():.1e} of the window's range")
    print(f"finite {finite}, monotone {monotone}")
    sys.exit(usual > TOLERANCE or not finite or not monotone)


if __name__ == "__main__":
    main()
