"""Scores, gaps and causal scales against loops in float64."""
import unittest

import checkpoints  # sets the threads
import torch

from reference.toto2_reference import causal_patch_statistics
from restated.scaling import LARGEST, CausalPatchScaler, asinh, fill_gaps, last_seen_table, restore_units, sinh, sort_levels, split_missing, z_score

NAN, INF = float('nan'), float('inf')


class TestScore(unittest.TestCase):
    def test_leaves_mean_0_and_deviation_1_over_what_was_observed(self):
        for scale, offset in ((1e-30, 0), (1e-6, 1e-4), (1.0, 0), (1e6, 1e9), (1e37, -1e38)):
            row = torch.randn(1, 512, generator=torch.Generator().manual_seed(1)) * scale + offset
            row[0, 50:90] = NAN
            values, seen = split_missing(row)
            z, mean, deviation = z_score(values, seen)
            observed = z[seen > 0]
            self.assertAlmostEqual(float(observed.mean()), 0, delta=1e-5)
            self.assertAlmostEqual(float(observed.std(unbiased=False)), 1, delta=1e-5)
            back = restore_units(z.unsqueeze(1), mean, deviation)[0]
            self.assertLess(float((back - values)[seen > 0].abs().max()), 1e-6 * float(values.abs().max()))

    def test_a_constant_or_empty_series_stays_finite(self):
        for row in (torch.full((1, 512), 7.0), torch.full((1, 512), NAN), torch.full((1, 512), INF)):
            z, mean, deviation = z_score(*split_missing(row))
            self.assertTrue(bool((z == 0).all()))
            self.assertEqual(float(deviation), 1.0)
            self.assertEqual(float(mean), 7.0 if float(row[0, 0]) == 7 else 0.0)

    def test_infinities_are_missing_like_nan(self):
        values, seen = split_missing(torch.tensor([[1.0, NAN, INF, -INF, LARGEST * 1.1, 2.0]]))
        self.assertEqual(seen.tolist(), [[1, 0, 0, 0, 0, 1]])
        self.assertEqual(values.tolist(), [[1, 0, 0, 0, 0, 2]])


class TestGaps(unittest.TestCase):
    def filled(self, row):
        values, seen = split_missing(torch.tensor([row]))
        return fill_gaps(values, seen, last_seen_table(len(row)))[0].tolist()

    def test_a_gap_repeats_the_last_value_and_a_leading_one_the_first(self):
        self.assertEqual(self.filled([NAN, NAN, 3.0, NAN, INF, 5.0, NAN]), [3, 3, 3, 3, 3, 5, 5])

    def test_a_series_without_gaps_is_unchanged_and_one_of_gaps_is_zero(self):
        self.assertEqual(self.filled([4.0, 1.0, 2.0]), [4, 1, 2])
        self.assertEqual(self.filled([NAN, NAN]), [0, 0])

    def test_agrees_with_walking_along_random_gaps(self):
        for seed in range(20):
            generator = torch.Generator().manual_seed(seed)
            row = torch.randn(64, generator=generator)
            row[torch.rand(64, generator=generator) < 0.6] = NAN
            last = next((float(value) for value in row if not torch.isnan(value)), 0.0)
            expected = []
            for value in row.tolist():
                last = last if value != value else value
                expected.append(last)
            self.assertEqual(self.filled(row.tolist()), torch.tensor(expected).tolist())


class TestCausalScale(unittest.TestCase):
    def test_equals_welfords_recurrence_with_and_without_gaps(self):
        for patch, minimum in ((64, 0.1), (32, 1e-6)):
            for seed in range(5):
                generator = torch.Generator().manual_seed(seed)
                z = torch.randn(2, 512, generator=generator).cumsum(-1) / 9
                seen = (torch.rand(2, 512, generator=generator) < (1.0 if seed % 2 else 0.7)).float()
                loc, scale = CausalPatchScaler(512, patch, minimum)(z, seen)
                expected = causal_patch_statistics(z, seen, patch, minimum)
                self.assertLess(float((loc - expected[0]).abs().max()), 1e-6)
                self.assertLess(float((scale - expected[1]).abs().max()), 1e-6)

    def test_a_patch_does_not_see_what_follows(self):
        z, seen = torch.randn(1, 512, generator=torch.Generator().manual_seed(2)), torch.ones(1, 512)
        changed = z.clone()
        changed[0, 256:] = 40
        first, second = CausalPatchScaler(512, 32, 0.1)(z, seen), CausalPatchScaler(512, 32, 0.1)(changed, seen)
        self.assertTrue(torch.equal(first[0][:, :8], second[0][:, :8]))
        self.assertFalse(torch.equal(first[0][:, 8:], second[0][:, 8:]))


class TestFunctions(unittest.TestCase):
    def test_asinh_and_sinh_are_those_of_torch_and_inverse(self):
        x = torch.cat([-torch.logspace(4, -4, 100), torch.zeros(1), torch.logspace(-4, 4, 100)])
        self.assertLess(float((asinh(x) - torch.asinh(x)).abs().max()), 2e-6)
        self.assertLess(float(((sinh(asinh(x)) - x) / (1 + x.abs())).abs().max()), 1e-5)
        self.assertTrue(bool(torch.isfinite(sinh(torch.tensor([-1e6, 1e6]))).all()))

    def test_levels_are_sorted_step_by_step(self):
        x = torch.randn(2, 9, 60, generator=torch.Generator().manual_seed(1))
        self.assertTrue(torch.equal(sort_levels(x), x.sort(1).values))


if __name__ == '__main__':
    unittest.main()
