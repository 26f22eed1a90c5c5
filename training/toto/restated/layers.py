"""The plain layers both networks are made of."""
import torch
from torch import nn


class Linear(nn.Module):
    """x W' + b with the weights as constants, stored as float16 when `half`: the graph then casts them when it is loaded."""

    def __init__(self, weight, bias, half=False):
        super().__init__()
        dtype = torch.float16 if half else torch.float32
        self.register_buffer('weight', weight.t().contiguous().to(dtype))
        self.register_buffer('bias', torch.zeros(weight.shape[0]) if bias is None else bias.clone())
        self.has_bias = bias is not None

    def forward(self, x):
        y = x @ self.weight.float()
        return y + self.bias if self.has_bias else y


class RmsNorm(nn.Module):
    """x / sqrt(mean(x^2) + eps), times a weight where there is one."""

    def __init__(self, eps, weight=None):
        super().__init__()
        self.eps = eps
        self.register_buffer('weight', torch.ones(1) if weight is None else weight.clone())
        self.has_weight = weight is not None

    def forward(self, x):
        y = x / torch.sqrt((x * x).mean(-1, keepdim=True) + self.eps)
        return y * self.weight if self.has_weight else y


class SwiGlu(nn.Module):
    """down(silu(gate) * up), gate first in the joint projection (GLU variants, arXiv 2002.05202)."""

    def __init__(self, joint, down):
        super().__init__()
        self.joint, self.down = joint, down

    def forward(self, x):
        gate, up = self.joint(x).chunk(2, dim=-1)
        return self.down(gate * torch.sigmoid(gate) * up)


def reorder_joint(weight, bias, heads, layout):
    """Bring a joint query-key-value projection to the order [3, heads, head] from `layout`, e.g. '3 head_size heads'."""
    head = weight.shape[0] // (3 * heads)
    sizes = {'3': 3, 'heads': heads, 'head_size': head}
    axes = layout.split()
    order = [axes.index(name) for name in ('3', 'heads', 'head_size')]
    shape = [sizes[axis] for axis in axes]
    ordered = weight.reshape(*shape, -1).permute(*order, 3).reshape(weight.shape)
    return ordered, None if bias is None else bias.reshape(*shape).permute(*order).reshape(-1)
