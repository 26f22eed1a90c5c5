"""Layers of Toto 2.0 with the constants of unit scaling (u-muP, arXiv 2407.17465) folded into their weights."""
import math

import torch
from torch import nn

from restated.attention import CausalAttention
from restated.layers import Linear, RmsNorm, SwiGlu, reorder_joint
from restated.safetensors_file import CheckpointError

# Unit scaling's SiLU is multiplied by this to keep the variance at 1.
UNIT_SILU = 1.0 / 0.5659


class ResidualMlp(nn.Module):
    """output(1.767 silu(hidden(x))) + residual(x), with the scales of the three layers folded in."""

    def __init__(self, checkpoint, name, scales, half):
        super().__init__()
        layers = [(checkpoint.tensor(f'{name}.{part}.weight'), checkpoint.tensor(f'{name}.{part}.bias')) for part in ('hidden', 'output', 'residual')]
        (hidden, hidden_bias), (output, output_bias), (residual, residual_bias) = layers
        self.hidden = Linear(hidden * scales[0], hidden_bias * scales[0], half)
        self.output = Linear(output * (scales[1] * UNIT_SILU), output_bias * scales[1] + residual_bias * scales[2], half)
        self.residual = Linear(residual * scales[2], None, half)

    def forward(self, x):
        hidden = self.hidden(x)
        return self.output(hidden * torch.sigmoid(hidden)) + self.residual(x)


class Toto2Layer(nn.Module):
    """Two unit-scaled residual branches: attention (over time, or the value alone over variates) and SwiGLU."""

    def __init__(self, checkpoint, index, shape, tables, reading, eps, half):
        super().__init__()
        tau_attention, tau_feed = residual_weights(checkpoint, index)
        branch, self.skip_attention = _residual(tau_attention)
        self.attend = attention(checkpoint, index, shape, tables, reading, branch, half)
        branch, self.skip_feed = _residual(tau_feed)
        self.feed = _feed_forward(checkpoint, index, reading, branch, half)
        self.norm = RmsNorm(eps)

    def forward(self, x):
        x = self.attend(self.norm(x)) + x * self.skip_attention
        return self.feed(self.norm(x)) + x * self.skip_feed


def _residual(tau):
    return tau / math.sqrt(1 + tau * tau), 1 / math.sqrt(1 + tau * tau)


def residual_weights(checkpoint, index):
    """(tau of attention, tau of feed-forward): from the checkpoint, else by the rule of u-muP (arXiv 2407.17465)."""
    stored = [checkpoint.tensor(f'layer.{part}_tau', index) for part in ('attention', 'feed')]
    if all(tau is not None for tau in stored):
        return [float(tau.reshape(-1)[0]) for tau in stored]
    multiplier = checkpoint.setting(['residual_mult'], 0.75)
    ratio = checkpoint.setting(['residual_attn_ratio'], math.sqrt(128 / math.log(128)))
    feed = multiplier * math.sqrt(2 / (1 + ratio * ratio))
    attend, layers = ratio * feed, len(checkpoint.layers)
    before = layers + index * (attend**2 + feed**2)
    return [attend / math.sqrt(before), feed / math.sqrt(before + attend**2)]


def attention(checkpoint, index, shape, tables, reading, branch, half):
    weight, bias = _joint_projection(checkpoint, index, shape, reading)
    width, root = shape.width, math.sqrt(shape.width)
    out = checkpoint.tensor('layer.out.weight', index) * (branch / root)
    out_bias = checkpoint.tensor('layer.out.bias', index)
    out_bias = torch.zeros(width) if out_bias is None else out_bias * (branch / root)
    weight, bias = weight / root, bias / root
    if shape.variate[index]:
        return Linear((out.double() @ weight[2 * width :].double()).float(), out @ bias[2 * width :] + out_bias, half)
    factor = torch.nn.functional.softplus(checkpoint.tensor('layer.query_scale', index)) / (math.log(2) * shape.head)
    factor = factor.reshape(-1, shape.head)
    heads, behind = (factor[:, None, :] if factor.shape[0] > 1 else factor[0]), None
    if reading.scales_query_before_rotation:
        rows = torch.cat([factor.expand(shape.heads, -1).reshape(-1), torch.ones(2 * width)])
        weight, bias = weight * rows[:, None], bias * rows
    else:
        behind = heads
    return CausalAttention(Linear(weight, bias, half), Linear(out, out_bias, half), shape.heads, tables, behind)


def _joint_projection(checkpoint, index, shape, reading):
    weight, bias = checkpoint.tensor('layer.qkv.weight', index), checkpoint.tensor('layer.qkv.bias', index)
    layout = reading.qkv_layout
    if weight is None:
        parts = [checkpoint.tensor(f'layer.{part}.weight', index) for part in 'qkv']
        if any(part is None for part in parts):
            raise CheckpointError(f'{checkpoint.layer_names[index]} has neither a joint query-key-value projection nor three single ones.')
        biases = [checkpoint.tensor(f'layer.{part}.bias', index) for part in 'qkv']
        weight, bias = torch.cat(parts), None if biases[0] is None else torch.cat(biases)
        layout = '3 heads head_size'
    weight, bias = reorder_joint(weight, bias, shape.heads, layout)
    return weight, torch.zeros(weight.shape[0]) if bias is None else bias


def _feed_forward(checkpoint, index, reading, branch, half):
    joint, down = checkpoint.tensor('layer.joint.weight', index), checkpoint.tensor('layer.down.weight', index)
    if joint is None:
        parts = [checkpoint.tensor(f'layer.{part}.weight', index) for part in ('gate', 'up')]
        if any(part is None for part in parts):
            raise CheckpointError(f'{checkpoint.layer_names[index]} has neither a joint gate-and-up projection nor two single ones.')
        joint = torch.cat(parts)
    elif not reading.is_gate_first:
        joint = torch.cat(joint.chunk(2)[::-1])
    return SwiGlu(Linear(joint / math.sqrt(joint.shape[1]), None, half), Linear(down * (branch / math.sqrt(down.shape[1])), None, half))
