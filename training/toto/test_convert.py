"""The whole way from a published file to a graph, which then runs where the extension runs it: onnxruntime-web, plain WASM."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import torch
from checkpoints import random_toto1, random_toto2

from convert import convert
from restated.export import ALLOWED_OPERATIONS, ExportError, export_graph, graph_operations, largest_difference, probe_contexts
from restated.safetensors_file import CheckpointError
from restated.toto1 import Toto1
from restated.toto2 import Toto2

HERE = Path(__file__).resolve().parent
# Share of the band's width by which float32 kernels of two runtimes may differ.
TOLERANCE = 2e-3


def run_in_wasm(graph, rows):
    """Quantiles [N, 9, 60] of onnxruntime-web under Node (needs `npm ci` in the repository)."""
    contexts = Path(graph).with_suffix('.json')
    contexts.write_text(json.dumps([[value if abs(value) < 3e38 else None for value in row] for row in rows.tolist()]))
    answer = subprocess.run(['node', str(HERE / 'web_check.mjs'), str(graph), '--contexts', str(contexts)], capture_output=True, text=True, timeout=300)
    if answer.returncode:
        raise AssertionError(answer.stderr[-600:])
    return torch.tensor(json.loads(answer.stdout)).reshape(len(rows), 9, 60)


def difference(actual, expected):
    """Largest difference over the band's width, or over a millionth of the level where the band is narrower."""
    width = torch.maximum((expected[:, -1] - expected[:, 0]).mean(-1), 1e-6 * expected.abs().amax((1, 2))).clamp(min=1e-30)
    return float(((actual - expected).abs().amax((1, 2)) / width).max())


class TestGraph(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = Path(self.temporary.name)

    def check(self, model, name):
        operations = export_graph(model, self.folder / name)
        self.assertLessEqual(set(operations), ALLOWED_OPERATIONS)
        rows = probe_contexts()
        with torch.no_grad():
            expected = model(rows)
        actual = run_in_wasm(self.folder / name, rows)
        self.assertTrue(bool(torch.isfinite(actual).all()))
        self.assertTrue(bool((actual[:, 1:] >= actual[:, :-1]).all()))
        self.assertLess(difference(actual, expected), TOLERANCE)

    def test_toto_2_runs_in_wasm_as_in_torch(self):
        self.check(Toto2(random_toto2(self.folder)[1]).eval(), 'two.onnx')

    def test_toto_2_runs_in_wasm_at_the_true_shape_of_4m(self):
        sizes = {'width': 256, 'layers': 4, 'head': 64, 'hidden': 688, 'mlp': 1024, 'patch': 32, 'group': 4}
        self.check(Toto2(random_toto2(self.folder, **sizes)[1]).eval(), 'four.onnx')

    def test_toto_1_gives_quantiles_in_wasm_as_in_torch(self):
        self.check(Toto1(random_toto1(self.folder)[1]).eval(), 'one.onnx')

    def test_half_precision_weights_halve_the_file_and_move_the_forecast_little(self):
        sizes = {'width': 128, 'head': 32, 'hidden': 344, 'mlp': 512}
        checkpoint = random_toto2(self.folder, **sizes)[1]
        full, half = Toto2(checkpoint).eval(), Toto2(checkpoint, half=True).eval()
        export_graph(full, self.folder / 'full.onnx')
        export_graph(half, self.folder / 'half.onnx')
        self.assertLess((self.folder / 'half.onnx').stat().st_size, 0.65 * (self.folder / 'full.onnx').stat().st_size)
        rows = probe_contexts()
        with torch.no_grad():
            self.assertLess(difference(run_in_wasm(self.folder / 'half.onnx', rows), half(rows)), TOLERANCE)
            self.assertLess(float((half(rows) - full(rows)).abs().mean() / full(rows).abs().mean()), 0.01)

    def test_an_operation_that_the_plain_build_does_not_promise_is_refused_and_the_file_removed(self):
        class Foreign(torch.nn.Module):
            def forward(self, context):
                return torch.erf(torch.tan(context)).reshape(1, 1, -1)

        self.assertRaisesRegex(ExportError, 'Tan', export_graph, Foreign(), self.folder / 'foreign.onnx')
        self.assertFalse((self.folder / 'foreign.onnx').exists())

    def test_a_graph_of_another_network_is_seen_to_differ(self):
        model = Toto2(random_toto2(self.folder)[1]).eval()
        export_graph(model, self.folder / 'two.onnx')
        other = Toto2(random_toto2(self.folder, seed=9)[1]).eval()
        found = largest_difference(self.folder / 'two.onnx', other)
        with torch.no_grad():
            self.assertGreater(difference(run_in_wasm(self.folder / 'two.onnx', probe_contexts()), other(probe_contexts())), TOLERANCE)
        self.assertTrue(found is None or found > TOLERANCE)


class TestConvert(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = Path(self.temporary.name)
        self.said = []

    def convert(self, model, *more):
        arguments = ['--model', model, '--weights', str(self.folder / 'model.safetensors'), '--out', str(self.folder / 'toto.onnx'), *more]
        return convert(arguments, self.said.append)

    def test_writes_a_graph_and_says_size_operations_and_that_the_digest_is_unknown(self):
        random_toto2(self.folder)
        result = self.convert('toto-2.0-4m', '--reading', 'default')
        self.assertEqual(result['operations'], graph_operations(self.folder / 'toto.onnx'))
        self.assertIn('warning: the sha256', self.said[0])
        self.assertIn(f'{result["bytes"] / 1e6:.1f} MB', self.said[-1])

    def test_a_reading_can_be_given(self):
        random_toto2(self.folder)
        self.assertFalse(self.convert('toto-2.0-4m', '--reading', '{"is_step_major": false}')['reading'].is_step_major)
        random_toto1(self.folder)
        self.assertEqual(self.convert('toto-1.0', '--reading', '{"qkv_layout": "3 heads head_size"}')['reading'], '3 heads head_size')

    def test_weights_that_do_not_forecast_are_refused_unless_forced(self):
        random_toto2(self.folder, layers=1, group=3, mlp=16)
        self.assertRaisesRegex(CheckpointError, 'No reading of these weights forecasts', self.convert, 'toto-2.0-4m')
        self.assertFalse((self.folder / 'toto.onnx').exists())
        self.convert('toto-2.0-4m', '--force')
        self.assertTrue((self.folder / 'toto.onnx').exists())

    def test_a_file_of_the_other_generation_ends_the_program_with_a_list(self):
        random_toto2(self.folder)
        weights, out = str(self.folder / 'model.safetensors'), str(self.folder / 'x')
        command = [sys.executable, str(HERE / 'convert.py'), '--model', 'toto-1.0', '--weights', weights, '--out', out]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=120)
        self.assertEqual(answer.returncode, 1)
        self.assertIn('missing: embed.weight', answer.stderr)
        self.assertNotIn('Traceback', answer.stderr)


if __name__ == '__main__':
    unittest.main()
