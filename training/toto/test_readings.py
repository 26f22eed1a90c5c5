"""A network that has learned to forecast gives away how it is to be read; one that has not is refused."""
import tempfile
import unittest

import torch
from checkpoints import random_toto1, random_toto2, save_toto2

from reference.toto2_reference import Toto2Reference
from restated.readings import BELIEVABLE, choose_toto1, choose_toto2, known_series, relative_loss
from restated.student_t import LEVELS
from restated.toto2 import Reading

CONTEXT, HORIZON, STEPS = 96, 16, 240


def trained_reference():
    """A small Toto 2.0 that has learned seasonal series in a few seconds."""
    torch.manual_seed(0)
    model = Toto2Reference(width=48, layers=2, head=16, hidden=64, mlp=96, patch=8, group=2)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.03)
    levels = torch.tensor(LEVELS)[:, None, None, None]
    for step in range(STEPS):
        series = known_series(CONTEXT, HORIZON, seed=100 + step).unsqueeze(1)
        known = series[..., :CONTEXT]
        series = (series - known.mean(-1, keepdim=True)) / known.std(-1, keepdim=True)
        miss = series[..., CONTEXT:] - model(series[..., :CONTEXT], HORIZON)
        loss = torch.maximum(levels * miss, (levels - 1) * miss).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
    return model.eval()


class TestReadings(unittest.TestCase):
    def test_what_was_trained_is_read_as_it_was_built(self):
        with tempfile.TemporaryDirectory() as folder:
            reading, loss, _ = choose_toto2(save_toto2(folder, trained_reference(), 2), CONTEXT, HORIZON)
        default = Reading()
        for name in ('qkv_layout', 'is_gate_first', 'is_mask_of_missing', 'is_step_major', 'readout', 'has_final_norm', 'predicts_next', 'has_unit_sum'):
            self.assertEqual(getattr(reading, name), getattr(default, name), name)
        self.assertLess(loss, BELIEVABLE)

    def test_random_weights_are_not_believed(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertGreater(choose_toto2(random_toto2(folder)[1])[1], BELIEVABLE)
            layout, loss, usual = choose_toto1(random_toto1(folder)[1])
            self.assertGreater(loss, BELIEVABLE)
            self.assertGreaterEqual(usual, loss)
            self.assertIn(layout, ('3 head_size heads', '3 heads head_size', 'heads 3 head_size'))


class TestLoss(unittest.TestCase):
    def test_is_0_for_the_truth_and_1_for_the_quantiles_of_the_context(self):
        series = known_series(512, 60)
        context, actual = series[:, :512], series[:, 512:]
        self.assertEqual(relative_loss(actual.unsqueeze(1).expand(-1, 9, -1), context, actual), 0.0)
        plain = torch.quantile(context, torch.tensor(LEVELS), dim=1).t().unsqueeze(-1).expand(-1, 9, 60)
        self.assertAlmostEqual(relative_loss(plain, context, actual), 1.0, places=5)

    def test_infinite_forecasts_count_as_the_worst(self):
        series = known_series(64, 8)
        self.assertEqual(relative_loss(torch.full((16, 9, 8), float('nan')), series[:, :64], series[:, 64:]), 5.0)

    def test_the_known_series_are_the_same_each_time(self):
        self.assertTrue(torch.equal(known_series(64, 8), known_series(64, 8)))


if __name__ == '__main__':
    unittest.main()
