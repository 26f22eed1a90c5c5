"""Toto-Open-Base-1.0 in the original's terms: several variates, cumulative sums, torch.distributions, sampling.

Written from the description of the architecture, not from the restated network; names as in the published package.
"""
import torch
import torch.nn.functional as functional
from torch import nn
from torch.distributions import AffineTransform, Categorical, MixtureSameFamily, StudentT, TransformedDistribution

from reference.toto2_reference import rotate


class RMSNorm(nn.Module):
    def __init__(self, width, eps=1e-8):
        super().__init__()
        self.eps = eps
        self.scale = nn.Parameter(1 + 0.1 * torch.randn(width))

    def forward(self, x):
        return self.scale * x / torch.sqrt((x * x).mean(-1, keepdim=True) + self.eps)


class SwiGLU(nn.Module):
    def forward(self, x):
        gate, x = x.chunk(2, dim=-1)
        return functional.silu(gate) * x


class Attention(nn.Module):
    def __init__(self, width, heads, over_variates):
        super().__init__()
        self.heads, self.over_variates = heads, over_variates
        self.wQKV = nn.Linear(width, 3 * width)
        self.wO = nn.Linear(width, width)

    def forward(self, x):
        """[batch, variate, time, width]."""
        if self.over_variates:
            x = x.transpose(1, 2)
        batch, outer, length, width = x.shape
        # (qkv head_dim n_heads), the heads innermost
        q, k, v = self.wQKV(x).reshape(batch, outer, length, 3, width // self.heads, self.heads).permute(3, 0, 1, 5, 2, 4)
        mask = torch.zeros(length, length)
        if not self.over_variates:
            positions = torch.arange(length, dtype=torch.float32)
            q, k = rotate(q, positions, width // self.heads, 1), rotate(k, positions, width // self.heads, -1)
            mask = mask.masked_fill(~torch.tril(torch.ones(length, length, dtype=torch.bool)), -torch.inf)
        scores = q @ k.transpose(-1, -2) / (width // self.heads) ** 0.5 + mask
        y = self.wO((scores.softmax(-1) @ v).transpose(2, 3).reshape(batch, outer, length, width))
        return y.transpose(1, 2) if self.over_variates else y


class Layer(nn.Module):
    def __init__(self, width, heads, hidden, over_variates):
        super().__init__()
        self.norm1, self.norm2 = RMSNorm(width), RMSNorm(width)
        self.attention = Attention(width, heads, over_variates)
        self.mlp = nn.Sequential(nn.Linear(width, 2 * hidden), SwiGLU(), nn.Linear(hidden, width), nn.Dropout(0.1))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class PatchEmbed(nn.Module):
    def __init__(self, patch, width):
        super().__init__()
        self.patch = patch
        self.projection = nn.Linear(patch, width)

    def forward(self, x):
        return self.projection(x.unfold(-1, self.patch, self.patch))


class Mixture(nn.Module):
    def __init__(self, width, components):
        super().__init__()
        self.df, self.loc_proj = nn.Linear(width, components), nn.Linear(width, components)
        self.scale_proj, self.mixture_weights = nn.Linear(width, components), nn.Linear(width, components)

    def forward(self, x, loc, scale):
        eps = torch.finfo(x.dtype).eps
        df = 2 + functional.softplus(self.df(x)).clamp_min(eps)
        components = StudentT(df, self.loc_proj(x), functional.softplus(self.scale_proj(x)).clamp_min(eps), validate_args=False)
        mixture = MixtureSameFamily(Categorical(logits=self.mixture_weights(x)), components, validate_args=False)
        return TransformedDistribution(mixture, [AffineTransform(loc, scale)], validate_args=False)


class Transformer(nn.Module):
    def __init__(self, width, layers, heads, hidden, every):
        super().__init__()
        self.layers = nn.ModuleList(Layer(width, heads, hidden, i % every == every - 1) for i in range(layers))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def causal_patch_scale(data, observed, patch, exponent=10.0):
    """Cumulative mean and Welford variance as sums of shifted differences; clamped against the whole series."""
    weights, data = observed.double(), data.double()
    count = weights.cumsum(-1)
    means = (data * weights).cumsum(-1) / count.clamp_min(1)
    shifted = torch.zeros_like(means)
    shifted[..., 1:] = means[..., :-1]
    m2 = ((data - shifted) * (data - means) * weights).cumsum(-1)
    scale = torch.sqrt(m2 / (count - 1).clamp_min(1) + 0.1)
    whole = scale[..., -1:]
    scale = torch.minimum(torch.maximum(scale, whole / 10**exponent), whole * 10**exponent)
    at_end = lambda x: x.unfold(-1, patch, patch)[..., -1:].expand(*x.shape[:-1], -1, patch).flatten(-2).float()
    return at_end(means), at_end(scale)


class Toto1Reference(nn.Module):
    def __init__(self, width=768, layers=12, heads=12, hidden=3072, patch=64, components=24, every=None):
        super().__init__()
        self.patch, self.width = patch, width
        self.patch_embed = PatchEmbed(patch, width)
        self.transformer = Transformer(width, layers, heads, hidden, every or layers)
        self.unembed = nn.Linear(width, width * patch)
        self.output_distribution = Mixture(width, components)

    def forward(self, data, observed):
        """[batch, variate, time] with every gap filled → distribution of each step of the next patch."""
        loc, scale = causal_patch_scale(data, observed, self.patch)
        x = self.transformer(self.patch_embed((data - loc) / scale))
        steps = self.unembed(x[..., -1, :]).reshape(*data.shape[:-1], self.patch, self.width)
        return self.output_distribution(steps, loc[..., -1:], scale[..., -1:])
