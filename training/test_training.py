"""Tests of the training pipeline: `python3 -m unittest discover training`. The ONNX test is skipped without onnxruntime."""
import pathlib
import sys
import tempfile
import unittest

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from candidates import FEATURES, HORIZON, NAMES, SCALES, all_candidates, from_model_space, normalise, prepare, to_model_space
from evaluate import score
from export import export
from generators import CONTEXT, FAMILIES, LENGTH, WINDOW, make_windows
from model import Forecaster, Mixer
from parity import degenerate_inputs, differences
from period import FALLBACK_PERIOD, find_periods
from train import learning_rate, pinball, prepare_windows, weighted_loss


def small_forecaster(seed=0):
    """An untrained forecaster with noisy weights, so that no output is trivial."""
    torch.manual_seed(seed)
    mixer = Mixer(width=32, hidden=48, blocks=1)
    with torch.no_grad():
        mixer.head.weight.normal_(std=0.1)
    return Forecaster(mixer).eval()


def contexts(n, seed=1):
    return torch.from_numpy(make_windows(np.random.default_rng(seed), n)[0][:, :CONTEXT])


class Generators(unittest.TestCase):
    def test_every_family_has_the_right_shape_and_is_finite(self):
        for family in FAMILIES:
            with self.subTest(family.__name__):
                series = family(np.random.default_rng(3), 16)
                self.assertEqual(series.shape, (16, LENGTH))
                self.assertTrue(np.isfinite(series).all())

    def test_windows_depend_on_the_seed_alone(self):
        first, labels = make_windows(np.random.default_rng([1, 2]), 200)
        again, _ = make_windows(np.random.default_rng([1, 2]), 200)
        other, _ = make_windows(np.random.default_rng([1, 3]), 200)
        self.assertEqual((first.shape, first.dtype, labels.shape), ((200, WINDOW), np.float32, (200,)))
        self.assertTrue(np.isfinite(first).all())
        np.testing.assert_array_equal(first, again)
        self.assertFalse(np.array_equal(first, other))


class Periods(unittest.TestCase):
    def test_finds_planted_periods_or_small_multiples(self):
        time = np.arange(CONTEXT)
        noise = np.random.default_rng(0).normal(size=CONTEXT) * 0.3
        for period in (7, 12, 24, 60, 96, 144, 288, 360):
            with self.subTest(period):
                wave = np.sin(2 * np.pi * time / period) + 0.5 * np.cos(4 * np.pi * time / period) + noise
                p1, _, score1, _ = find_periods(torch.tensor(wave[None], dtype=torch.float32))
                cycles = max(1, round(p1.item() / period))
                self.assertLessEqual(cycles, 4)
                # With fewer than two cycles in view a smooth wave has a broad, biased peak.
                self.assertLessEqual(abs(p1.item() - cycles * period), (0.03 if period < 250 else 0.07) * period)
                self.assertGreater(score1.item(), 0.3)

    def test_second_period_is_another_one(self):
        time = np.arange(CONTEXT)
        wave = np.sin(2 * np.pi * time / 24) * (1 + 0.8 * (time // 24 % 7 < 5))
        p1, p2, _, _ = find_periods(torch.tensor(wave[None], dtype=torch.float32))
        self.assertEqual({p1.item(), p2.item()} & {24, 168}, {24, 168})

    def test_a_line_has_no_period(self):
        p1, p2, score1, score2 = find_periods(torch.arange(CONTEXT, dtype=torch.float32)[None])
        self.assertEqual((p1.item(), p2.item(), score1.item(), score2.item()), (FALLBACK_PERIOD, FALLBACK_PERIOD, 0, 0))


class Candidates(unittest.TestCase):
    def test_shapes(self):
        prepared, _ = prepare(contexts(6))
        shapes = [tuple(part.shape) for part in prepared]
        self.assertEqual(shapes, [(6, FEATURES), (6, len(NAMES), HORIZON), (6, len(NAMES), 2), (6, SCALES)])

    def test_copies_continue_an_exact_pattern(self):
        pattern = torch.sin(torch.arange(CONTEXT + HORIZON) * (2 * torch.pi / 24))[None]
        prepared, norm = prepare(pattern[:, :CONTEXT])
        truth = to_model_space(pattern[:, CONTEXT:], norm)[0]
        for name in ("copy1", "copy1Level", "copy1TwoBack", "cycles1", "copy24", "copy168"):
            with self.subTest(name):
                torch.testing.assert_close(prepared.candidates[0, NAMES.index(name)], truth, atol=2e-3, rtol=0)
                self.assertLess(prepared.errors[0, NAMES.index(name)].max().item(), 2e-3)

    def test_local_candidates_of_a_line(self):
        line = torch.arange(CONTEXT, dtype=torch.float32)[None]
        period = torch.tensor([[60]])
        out, _, _ = all_candidates(line, torch.tensor([[CONTEXT]]), torch.zeros(1, 1), period, period)
        first = {name: out[0, NAMES.index(name), 0].item() for name in ("last", "mean5", "median12", "min120", "trend12")}
        self.assertEqual([round(first[name], 2) for name in ("last", "mean5", "median12", "min120")], [511, 509, 505.5, 392])
        self.assertAlmostEqual(first["trend12"], 511.9, places=2)

    def test_normalisation_is_undone(self):
        values = contexts(5) * 1000
        _, norm = normalise(values)
        back = from_model_space(to_model_space(values, norm)[:, None, :], norm)[:, 0]
        torch.testing.assert_close(back, values, rtol=1e-4, atol=1e-2)


class Network(unittest.TestCase):
    def test_quantiles_are_monotone_and_finite(self):
        with torch.no_grad():
            quantiles = small_forecaster()(torch.cat([contexts(64), torch.from_numpy(degenerate_inputs())]))
        self.assertTrue(torch.isfinite(quantiles).all())
        self.assertTrue((quantiles[:, 1:] >= quantiles[:, :-1]).all())

    def test_a_constant_is_answered_exactly(self):
        for value in (0.0, 7.0, 1e12):
            with self.subTest(value), torch.no_grad():
                quantiles = small_forecaster()(torch.full((1, CONTEXT), value))
                torch.testing.assert_close(quantiles, torch.full_like(quantiles, value))

    def test_a_forecast_scales_with_its_context(self):
        values = contexts(8)
        with torch.no_grad():
            forecaster = small_forecaster()
            torch.testing.assert_close(forecaster(values * 1024), forecaster(values) * 1024, rtol=1e-3, atol=1e-2)

    def test_a_few_steps_lower_the_loss(self):
        torch.manual_seed(0)
        batch = prepare_windows(make_windows(np.random.default_rng(5), 128)[0])
        mixer = Mixer(width=32, hidden=48, blocks=1)
        optimiser = torch.optim.AdamW(mixer.parameters(), lr=3e-3)
        losses = []
        for _ in range(15):
            loss = weighted_loss(mixer, batch)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
        self.assertLess(losses[-1], 0.9 * losses[0])


class Training(unittest.TestCase):
    def test_pinball(self):
        loss = pinball(torch.zeros(1, 9, HORIZON), torch.ones(1, HORIZON))
        np.testing.assert_allclose(loss[0].numpy(), np.arange(1, 10) / 10, rtol=1e-5)

    def test_learning_rate_warms_up_and_ends_near_zero(self):
        rates = [learning_rate(share, step, 1.0) for share, step in ((0, 0), (0.1, 500), (0.8, 900), (1, 1000), (1.1, 1100))]
        np.testing.assert_allclose(rates, [0.005, 1, 0.505, 0.01, 0.01], atol=1e-6)


class Evaluation(unittest.TestCase):
    def test_seasonal_naive_scores_one_and_the_truth_nearly_zero(self):
        random = np.random.default_rng(0)
        context, target = random.normal(size=CONTEXT), random.normal(size=HORIZON)
        naive = context[CONTEXT - 24 + np.arange(HORIZON) % 24]
        band = 1.2815515655446004 * np.sqrt(((context[24:] - context[:-24]) ** 2).mean() * (np.arange(HORIZON) // 24 + 1))
        windows = [("source", "series", 24, context, target)]
        _, overall = score(windows, np.stack([np.stack([naive - band, naive, naive + band])]))
        np.testing.assert_allclose(overall, [1, 1])
        _, overall = score(windows, np.stack([np.stack([target] * 3)]))
        self.assertLess(overall.max(), 1e-3)


class Export(unittest.TestCase):
    def test_onnx_runtime_agrees_with_torch(self):
        try:
            import onnxruntime
        except ImportError:
            self.skipTest("onnxruntime is not installed")
        forecaster = small_forecaster()
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "forecaster.onnx"
            export(forecaster, path)
            session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        values = contexts(40)
        with torch.no_grad():
            expected = forecaster(values).numpy()
        gap = differences(expected, session.run(None, {"context": values.numpy()})[0], values.numpy())
        self.assertLess(np.quantile(gap, 0.9), 1e-3)
        one = session.run(None, {"context": values[:1].numpy()})[0]
        np.testing.assert_allclose(one, expected[:1], rtol=1e-3, atol=1e-3 * np.abs(expected[0]).max())
        self.assertTrue(np.isfinite(session.run(None, {"context": degenerate_inputs()})[0]).all())


if __name__ == "__main__":
    unittest.main()
