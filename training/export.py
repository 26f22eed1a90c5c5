"""Exports a training checkpoint to ONNX (opset 17) with float16 weights.

    python3 training/export.py --checkpoint OUT/checkpoint.pt [--out media/models/forecaster.onnx]

Weight matrices are stored as float16 behind Cast nodes, so the file is half as large and every runtime computes in float32.
Fourier tables are computed in the graph; a runtime folds them into constants when it loads the model. The batch is dynamic.
"""
import argparse
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

from model import Forecaster, Mixer

OPSET = 17
DEFAULT_OUT = pathlib.Path(__file__).resolve().parent.parent / "media/models/forecaster.onnx"


class HalfLinear(nn.Module):
    """A linear layer whose weight is stored as float16 and used as float32."""

    def __init__(self, linear):
        super().__init__()
        self.register_buffer("weight", linear.weight.detach().half())
        self.register_buffer("bias", linear.bias.detach())

    def forward(self, x):
        return F.linear(x, self.weight.float(), self.bias)


def halve_weights(module):
    """Replaces every linear layer below a module by a HalfLinear, in place."""
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            setattr(module, name, HalfLinear(child))
        else:
            halve_weights(child)
    return module


def load_forecaster(checkpoint):
    """Checkpoint path -> Forecaster in evaluation mode, with the averaged weights in float32."""
    state = torch.load(checkpoint, map_location="cpu")
    mixer = Mixer(**state["shape"])
    mixer.load_state_dict(state["average"])
    return Forecaster(mixer).eval()


def export(forecaster, path):
    """Writes a Forecaster to path; input `context` [N, 512], output `quantiles` [N, 9, 60]. Halves its weights in place."""
    sample = torch.randn(3, 512, generator=torch.Generator().manual_seed(0)).cumsum(dim=1)
    torch.onnx.export(
        halve_weights(forecaster), sample, str(path), opset_version=OPSET, input_names=["context"], output_names=["quantiles"],
        dynamic_axes={"context": {0: "N"}, "quantiles": {0: "N"}}, do_constant_folding=False,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, default=DEFAULT_OUT)
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    export(load_forecaster(args.checkpoint), args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
