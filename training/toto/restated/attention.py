"""Causal attention with rotary positions and xPos decay, as constant tables."""
import numpy as np
import torch
from torch import nn

ROTARY_BASE = 10000.0
XPOS_BASE = 512.0
HIDDEN = -1.0e9


def rotary_tables(positions, head, rotated, pairs='interleaved'):
    """Tables of rotary embedding (RoFormer, arXiv 2104.09864) with xPos (arXiv 2212.10554).

    Returns (partner [head] index of the other value of the pair, cosine, sine for queries [positions, head], the same
    two for keys). The first `rotated` values of a head turn, the others stay. xPos multiplies queries by s^p and keys by
    s^-p; only the distance counts, so its centre is of no consequence.
    """
    half = rotated // 2
    place = np.arange(rotated)
    pair = place // 2 if pairs == 'interleaved' else place % half
    is_first = place % 2 == 0 if pairs == 'interleaved' else place < half
    step = 1 if pairs == 'interleaved' else half
    partner = np.concatenate([np.where(is_first, place + step, place - step), np.arange(rotated, head)])
    at = np.arange(positions)[:, None]
    angle = at / ROTARY_BASE ** (2 * pair / rotated)
    decay = ((2 * pair + 0.4 * rotated) / (1.4 * rotated)) ** ((at - positions // 2) / XPOS_BASE)
    rest = head - rotated
    ones, zeros = np.ones((positions, rest)), np.zeros((positions, rest))
    cosine, sine = np.cos(angle), np.where(is_first, -1.0, 1.0) * np.sin(angle)
    tables = [np.hstack([cosine * decay, ones]), np.hstack([sine * decay, zeros])]
    tables += [np.hstack([cosine / decay, ones]), np.hstack([sine / decay, zeros])]
    return torch.from_numpy(partner), [torch.from_numpy(table.astype('f4')) for table in tables]


class CausalAttention(nn.Module):
    """softmax(q k' / s) v for queries and keys with rotary tables; the scale s is folded into the query weights."""

    def __init__(self, project, output, heads, tables, query_factor=None):
        """`project` gives q, k, v side by side ([3, heads, head]); `query_factor` [head] acts behind the rotation."""
        super().__init__()
        partner, (query_cos, query_sin, key_cos, key_sin) = tables
        factor = 1.0 if query_factor is None else query_factor
        self.project, self.output, self.heads = project, output, heads
        self.register_buffer('partner', partner)
        for name, table in (('query_cos', query_cos * factor), ('query_sin', query_sin * factor), ('key_cos', key_cos), ('key_sin', key_sin)):
            self.register_buffer(name, table)
        positions = query_cos.shape[0]
        self.register_buffer('mask', torch.triu(torch.full((positions, positions), HIDDEN), diagonal=1))

    def forward(self, x):
        batch, positions, _ = x.shape
        parts = self.project(x).reshape(batch, positions, 3, self.heads, -1)
        query, key, value = (parts[:, :, i].transpose(1, 2) for i in range(3))
        query = query * self.query_cos + query[..., self.partner] * self.query_sin
        key = key * self.key_cos + key[..., self.partner] * self.key_sin
        weights = torch.softmax(query @ key.transpose(-1, -2) + self.mask, dim=-1)
        return self.output((weights @ value).transpose(1, 2).reshape(batch, positions, -1))
