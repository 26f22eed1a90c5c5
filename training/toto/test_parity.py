"""Parity with the publisher's own package: runs where that and the weights are, and says what is missing elsewhere."""
import os
import sys
import tempfile
import types
import unittest
from pathlib import Path

import torch
from checkpoints import random_toto1, random_toto2

import parity
from restated.readings import known_series
from restated.toto1 import Toto1
from restated.toto2 import Toto2

# A folder with toto-2.0-4m/, toto-2.0-22m/ and toto-1.0/, each with model.safetensors and config.json.
WEIGHTS = os.environ.get('AIDOG_TOTO_WEIGHTS', '')


def reason_to_skip(model):
    if not (Path(WEIGHTS) / model / 'model.safetensors').is_file() or not WEIGHTS:
        return f'AIDOG_TOTO_WEIGHTS does not name a folder with {model}/model.safetensors'
    package = parity.missing_package(model)
    return f'the package {package} is not installed' if package else None


class TestPublishedPackages(unittest.TestCase):
    def check(self, model):
        reason = reason_to_skip(model)
        if reason:
            self.skipTest(reason)
        differences = parity.compare(model, Path(WEIGHTS) / model / 'model.safetensors')
        self.assertLess(float(differences.max()), parity.TOLERANCE[model])

    def test_toto_2_4m_forecasts_as_the_published_package(self):
        self.check('toto-2.0-4m')

    def test_toto_2_22m_forecasts_as_the_published_package(self):
        self.check('toto-2.0-22m')

    def test_toto_1_forecasts_as_the_published_package(self):
        self.check('toto-1.0')


class TestComparison(unittest.TestCase):
    """The comparison itself, with the restated network in the place of the package."""

    def test_the_same_network_differs_by_nothing_and_another_by_much(self):
        for model, make, network in (('toto-2.0-4m', random_toto2, Toto2), ('toto-1.0', random_toto1, Toto1)):
            with tempfile.TemporaryDirectory() as folder, torch.no_grad():
                checkpoint = make(folder)[1]
                weights = Path(folder) / 'model.safetensors'
                built = parity.restated_model(model, weights)
                same = parity.compare(model, weights, lambda folder, contexts: built(contexts))
                self.assertEqual(float(same.max()), 0.0)
                other = network(make(tempfile.mkdtemp(dir=folder), seed=4)[1]).eval()
                self.assertGreater(float(parity.compare(model, weights, lambda folder, contexts: other(contexts)).max()), parity.TOLERANCE[model])
                self.assertEqual(len(checkpoint.layers), 4)

    def test_the_package_toto_2_is_asked_for_the_whole_horizon_in_one_pass(self):
        calls = []

        class Model:
            @staticmethod
            def from_pretrained(folder):
                return Model()

            def eval(self):
                return self

            def forecast(self, inputs, **options):
                calls.append((tuple(inputs['target'].shape), options))
                return torch.zeros(9, inputs['target'].shape[0], 1, 60)

        module = types.ModuleType('toto2')
        module.Toto2Model = Model
        sys.modules['toto2'] = module
        self.addCleanup(sys.modules.pop, 'toto2')
        quantiles = parity.original_toto2(Path('.'), known_series(512, 60)[:, :512])
        self.assertEqual(tuple(quantiles.shape), (16, 9, 60))
        self.assertEqual(calls, [((16, 1, 512), {'horizon': 60, 'decode_block_size': None})])


if __name__ == '__main__':
    unittest.main()
