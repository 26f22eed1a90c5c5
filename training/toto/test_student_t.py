"""The CDF and the quantiles against numerical integration and sampling."""
import unittest

import checkpoints  # sets the threads
import torch
from torch.distributions import Categorical, MixtureSameFamily, StudentT

from restated.student_t import LEVELS, StudentTMixture

POINTS = 200_001


def integrated_cdf(t, df):
    """CDF by Simpson's rule in float64 on the angle; nothing is shared with the series."""
    end = torch.atan(torch.tensor(t, dtype=torch.float64) / df**0.5)
    whole, part = [_integral(limit, df) for limit in (torch.tensor(torch.pi / 2, dtype=torch.float64), end)]
    return float(0.5 + 0.5 * part / whole)


def _integral(limit, df):
    x = torch.linspace(0, 1, POINTS, dtype=torch.float64) * limit
    y = torch.exp((df - 1) * torch.log(torch.cos(x).clamp(min=1e-300)))
    weights = torch.ones(POINTS, dtype=torch.float64)
    weights[1:-1:2], weights[2:-1:2] = 4, 2
    return (y * weights).sum() * limit / (POINTS - 1) / 3


def mixture_of(probabilities, df, loc, scale):
    return MixtureSameFamily(Categorical(probabilities), StudentT(df, loc, scale))


class TestCdf(unittest.TestCase):
    def test_agrees_with_numerical_integration_for_every_weight_of_tail(self):
        mixture = StudentTMixture()
        for df in (2.0001, 2.1, 2.5, 3.0, 4.7, 9.0, 14.9, 15.5, 16.1, 40.0, 300.0, 580.0, 3000.0, 1e6):
            for t in (-40.0, -6.0, -2.2, -1.2816, -0.3, 0.0, 0.01, 0.9, 3.1, 15.0):
                actual = float(mixture.cdf(torch.tensor([t]), torch.tensor([df])))
                self.assertAlmostEqual(actual, integrated_cdf(t, df), delta=6e-7, msg=f'df {df}, t {t}')

    def test_stays_within_0_and_1_and_rises_far_out(self):
        t = torch.cat([-torch.logspace(8, -8, 400), torch.logspace(-8, 8, 400)])
        for df in (2.0000002, 3.0, 30.0, 1e7):
            cdf = StudentTMixture().cdf(t, torch.full_like(t, df))
            self.assertTrue(bool(((cdf > -1e-6) & (cdf < 1 + 1e-6)).all()))
            self.assertTrue(bool((cdf[1:] - cdf[:-1] > -1e-6).all()))


class TestQuantiles(unittest.TestCase):
    def test_the_cdf_by_density_reaches_each_level_at_its_quantile(self):
        for seed in range(6):
            generator = torch.Generator().manual_seed(seed)
            shape = (2, 5, 24)
            probabilities = torch.softmax(3 * torch.randn(shape, generator=generator), -1)
            df = 2.0 + torch.rand(shape, generator=generator) ** 3 * 60 + 1e-6
            loc = torch.randn(shape, generator=generator) * 4
            scale = torch.exp(torch.randn(shape, generator=generator))
            quantiles = StudentTMixture()(probabilities, df, loc, scale)
            mass = self.mass_below(quantiles, probabilities, df, loc, scale)
            self.assertLess(float((mass - torch.tensor(LEVELS)[None, :, None]).abs().max()), 2e-5)

    def mass_below(self, quantiles, probabilities, df, loc, scale):
        """Mass below each quantile by summing exact component masses from the density in float64."""
        t = (quantiles.unsqueeze(-1) - loc.unsqueeze(1)) / scale.unsqueeze(1)
        end = torch.atan(t.double() / df.unsqueeze(1).double().sqrt())
        steps = (torch.arange(2000, dtype=torch.float64) + 0.5) / 2000
        power = (df.double() - 1).unsqueeze(1)
        part = sum(torch.cos(end * step) ** power for step in steps) / 2000 * end
        whole = sum(torch.cos(step * torch.pi / 2) ** power for step in steps) / 2000 * torch.pi / 2
        return (probabilities.unsqueeze(1) * (0.5 + 0.5 * part / whole)).sum(-1)

    def test_agrees_with_the_quantiles_of_samples(self):
        torch.manual_seed(5)
        shape = (1, 3, 24)
        parts = (torch.softmax(torch.randn(shape), -1), 2.5 + 5 * torch.rand(shape), torch.randn(shape), 0.3 + torch.rand(shape))
        drawn = torch.quantile(mixture_of(*parts).sample((100_000,)), torch.tensor(LEVELS), dim=0).transpose(0, 1)
        self.assertLess(float((StudentTMixture()(*parts) - drawn).abs().max()), 0.04)

    def test_finds_the_quantiles_of_two_narrow_peaks_far_apart(self):
        loc = torch.tensor([[[-1000.0, 1000.0]]])
        quantiles = StudentTMixture()(torch.tensor([[[0.35, 0.65]]]), torch.full((1, 1, 2), 5.0), loc, torch.full((1, 1, 2), 0.01))
        self.assertTrue(bool((quantiles[0, :3] < -999.9).all()))
        self.assertTrue(bool((quantiles[0, 3:] > 999.9).all()))

    def test_one_normal_component_has_the_normal_quantiles(self):
        one = torch.ones(1, 1, 1)
        quantiles = StudentTMixture()(one, one * 1e8, one * 3, one * 2)[0, :, 0]
        self.assertLess(float((quantiles - (3 + 2 * torch.distributions.Normal(0, 1).icdf(torch.tensor(LEVELS)))).abs().max()), 1e-5)


if __name__ == '__main__':
    unittest.main()
