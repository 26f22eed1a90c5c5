"""The restated networks against the reference modules, with random weights at small and at true shapes."""
import os
import tempfile
import unittest

import torch
from checkpoints import random_toto1, random_toto2

from restated.checkpoint import open_checkpoint
from restated.names import TOTO1
from restated.safetensors_file import write_safetensors
from restated.scaling import fill_gaps, last_seen_table, split_missing, z_score
from restated.student_t import LEVELS
from restated.toto1 import Toto1
from restated.toto2 import Toto2, shape_of
from restated.toto2_layers import residual_weights

PARAMETERS_4M = 4_144_448
PARAMETERS_TOTO1 = 151_306_080


def series(seed=0, rows=3):
    generator = torch.Generator().manual_seed(seed)
    at = torch.arange(512, dtype=torch.float32)
    season = torch.stack([torch.sin(at * (row + 1) / 15) for row in range(rows)])
    return 50 + 8 * season + torch.randn(rows, 512, generator=generator).cumsum(-1)


def with_gaps(seed=0):
    rows = series(seed)
    rows[0, :45] = float('nan')
    rows[1, 200:330] = float('nan')
    rows[2, -20:] = float('inf')
    return rows


def parameters_of(model):
    return sum(parameter.numel() for parameter in model.parameters())


@torch.no_grad()
def assert_toto2_equals(case, reference, checkpoint, rows, tolerance=2e-4):
    values, seen = split_missing(rows)
    z, mean, deviation = z_score(values, seen)
    z = torch.where(seen > 0, z, torch.full_like(z, float('nan')))
    expected = reference(z.unsqueeze(1))[:, :, 0].permute(1, 0, 2)
    expected = expected * deviation.unsqueeze(-1).float() + mean.unsqueeze(-1).float()
    actual = Toto2(checkpoint).eval()(rows)
    case.assertEqual(tuple(actual.shape), (rows.shape[0], 9, 60))
    width = (expected[:, -1] - expected[:, 0]).mean(-1)
    case.assertLess(float(((actual - expected).abs().amax((1, 2)) / width).max()), tolerance)


@torch.no_grad()
def assert_toto1_equals(case, reference, checkpoint, rows):
    """The same mixture parameters as the reference, and as many of its draws below each quantile as the level says."""
    values, seen = split_missing(rows)
    z, mean, deviation = z_score(values, seen)
    z = fill_gaps(z, seen, last_seen_table(512))
    distribution = reference(z.unsqueeze(1), seen.unsqueeze(1))
    model = Toto1(checkpoint).eval()
    quantiles = (model(rows).double() - mean.unsqueeze(-1)) / deviation.unsqueeze(-1)
    loc, scale = distribution.transforms[0].loc, distribution.transforms[0].scale
    mixture = distribution.base_dist
    parts = model.components(z, *model.scaler(z, seen))
    components = mixture.component_distribution
    expected = (mixture.mixture_distribution.probs, components.df, components.loc, components.scale)
    for mine, theirs in zip(parts, expected):
        case.assertLess(float((mine - theirs[:, 0, :60]).abs().max()), 2e-4)
    centred = (quantiles - loc[:, 0].unsqueeze(1)) / scale[:, 0].unsqueeze(1)
    drawn = mixture.sample((4000,))[:, :, 0, :60]
    mass = (drawn.unsqueeze(2) < centred.unsqueeze(0)).double().mean(0)
    error = (mass - torch.tensor(LEVELS, dtype=torch.float64)[None, :, None]).abs()
    case.assertLess(float(error.max()), 0.05)
    case.assertLess(float(error.mean()), 0.01)


class TestToto2(unittest.TestCase):
    def test_equals_the_reference_at_small_shapes(self):
        for sizes in ({}, {'layers': 1, 'group': 3}, {'layers': 2, 'group': 1}, {'head': 8, 'hidden': 24}, {'patch': 64}):
            with self.subTest(sizes=sizes), tempfile.TemporaryDirectory() as folder:
                reference, checkpoint = random_toto2(folder, **sizes)
                assert_toto2_equals(self, reference, checkpoint, series())
                assert_toto2_equals(self, reference, checkpoint, with_gaps())

    def test_equals_the_reference_at_the_true_shape_of_4m(self):
        with tempfile.TemporaryDirectory() as folder:
            reference, checkpoint = random_toto2(folder, width=256, layers=4, head=64, hidden=688, mlp=1024, patch=32, group=4)
            self.assertEqual(parameters_of(reference), PARAMETERS_4M)
            self.assertEqual(shape_of(checkpoint).variate, (False, False, False, True))
            assert_toto2_equals(self, reference, checkpoint, series(), 5e-4)
            assert_toto2_equals(self, reference, checkpoint, with_gaps(), 5e-4)

    def test_several_variates_do_not_change_what_one_alone_forecasts_without_a_variate_layer(self):
        with tempfile.TemporaryDirectory() as folder, torch.no_grad():
            reference, _ = random_toto2(folder, group=9)
            rows = series()
            together, alone = reference(rows.unsqueeze(0)), reference(rows[:1].unsqueeze(0))
            self.assertLess(float((together[:, :, :1] - alone).abs().max()), 1e-2)

    def test_a_forecast_does_not_depend_on_unit_or_offset(self):
        with tempfile.TemporaryDirectory() as folder, torch.no_grad():
            _, checkpoint = random_toto2(folder)
            model = Toto2(checkpoint).eval()
            plain, scaled = model(series()), model(series() * 1e-9)
            self.assertLess(float((scaled * 1e9 - plain).abs().max() / plain.std()), 1e-3)

    def test_residual_weights_follow_the_rule_when_none_are_stored(self):
        with tempfile.TemporaryDirectory() as folder:
            _, checkpoint = random_toto2(folder)
            stored = residual_weights(checkpoint, 0)
            for layer in checkpoint.layers:
                del layer['layer.attention_tau'], layer['layer.feed_tau']
            taus = [tau for index in range(4) for tau in residual_weights(checkpoint, index)]
            self.assertNotEqual(stored, taus[:2])
            # All branches and the embedding keep their share of a unit-variance stream: the shares multiply out to the rule's.
            skip, shares = 1.0, []
            for tau in reversed(taus):
                shares.append(skip * tau**2 / (1 + tau**2))
                skip /= 1 + tau**2
            self.assertAlmostEqual(sum(shares) + skip, 1.0, places=9)
            self.assertAlmostEqual(max(shares[1::2]), min(shares[1::2]), places=9)
            self.assertAlmostEqual(max(shares[::2]), min(shares[::2]), places=9)


class TestToto1(unittest.TestCase):
    def test_equals_the_reference_at_small_shapes(self):
        for sizes in ({}, {'heads': 2, 'components': 3}, {'layers': 2, 'every': 2}, {'layers': 4, 'every': 2}):
            with self.subTest(sizes=sizes), tempfile.TemporaryDirectory() as folder:
                reference, checkpoint = random_toto1(folder, **sizes)
                assert_toto1_equals(self, reference, checkpoint, series())
                assert_toto1_equals(self, reference, checkpoint, with_gaps())

    def test_fused_and_plain_names_of_the_feed_forward_block_give_the_same(self):
        with tempfile.TemporaryDirectory() as folder, torch.no_grad():
            _, checkpoint = random_toto1(folder)
            first = Toto1(checkpoint).eval()(series())
            renamed = [name.replace('mlp.0.', 'mlp.0.w12.').replace('mlp.2.', 'mlp.0.w3.') for name in checkpoint.file.names()]
            tensors = dict(zip(renamed, [checkpoint.file.tensor(name) for name in checkpoint.file.names()]))
            write_safetensors(f'{folder}/fused.safetensors', tensors)
            second = Toto1(open_checkpoint(f'{folder}/fused.safetensors', TOTO1)).eval()(series())
            self.assertTrue(torch.equal(first, second))


if os.environ.get('AIDOG_TOTO_FULL'):

    class TestToto1AtTrueShape(unittest.TestCase):
        def test_equals_the_reference_with_151_million_parameters(self):
            with tempfile.TemporaryDirectory() as folder:
                reference, checkpoint = random_toto1(folder, width=768, layers=12, heads=12, hidden=3072, every=12)
                self.assertEqual(parameters_of(reference), PARAMETERS_TOTO1)
                assert_toto1_equals(self, reference, checkpoint, series(rows=3))


if __name__ == '__main__':
    unittest.main()
