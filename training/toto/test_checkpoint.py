"""The file format and the names of the weights."""
import json
import struct
import tempfile
import unittest
from pathlib import Path

import torch
from checkpoints import random_toto1, random_toto2

from restated.checkpoint import open_checkpoint
from restated.layers import reorder_joint
from restated.names import TOTO1, TOTO2, match_names
from restated.safetensors_file import CheckpointError, SafetensorsFile, sha256_of, write_safetensors
from restated.toto2 import Toto2, shape_of


class TestFormat(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name) / 'x.safetensors'

    def write_raw(self, header, data):
        text = json.dumps(header).encode()
        self.path.write_bytes(struct.pack('<Q', len(text)) + text + data)

    def test_reads_back_what_was_written(self):
        tensors = {'a': torch.randn(3, 4), 'b.c': torch.tensor(2.5), 'empty': torch.zeros(0, 3)}
        write_safetensors(self.path, tensors)
        file = SafetensorsFile(self.path)
        self.assertEqual(file.names(), list(tensors))
        for name, tensor in tensors.items():
            self.assertEqual(file.shape(name), tuple(tensor.shape))
            self.assertTrue(torch.equal(file.tensor(name), tensor))

    def test_reads_half_and_brain_floats_and_skips_metadata(self):
        half = torch.tensor([1.5, -2.0]).half().numpy().tobytes()
        brain = struct.pack('<HH', 0x3FC0, 0xC000)
        self.write_raw({'__metadata__': {'format': 'pt'}, 'h': {'dtype': 'F16', 'shape': [2], 'data_offsets': [0, 4]},
                        'b': {'dtype': 'BF16', 'shape': [2], 'data_offsets': [4, 8]}}, half + brain)
        file = SafetensorsFile(self.path)
        self.assertEqual(file.names(), ['h', 'b'])
        self.assertEqual(file.tensor('h').tolist(), [1.5, -2.0])
        self.assertEqual(file.tensor('b').tolist(), [1.5, -2.0])

    def test_a_damaged_file_is_one_clear_sentence(self):
        entry = lambda kind, shape, end: {'w': {'dtype': kind, 'shape': shape, 'data_offsets': [0, end]}}
        for header, data in ((entry('F32', [4], 16), b'1234'), (entry('F32', [4], 8), b'12345678'), (entry('X9', [1], 1), b'1')):
            self.write_raw(header, data)
            self.assertRaisesRegex(CheckpointError, 'w', SafetensorsFile, self.path)
        for content in (b'', b'short', b'\xff' * 64, struct.pack('<Q', 4) + b'nope', b'<html>Not found</html>'):
            self.path.write_bytes(content)
            self.assertRaisesRegex(CheckpointError, 'not a safetensors file', SafetensorsFile, self.path)
        self.assertRaisesRegex(CheckpointError, 'cannot be read', SafetensorsFile, self.path.parent / 'absent')

    def test_the_digest_is_that_of_the_bytes(self):
        self.path.write_bytes(b'abc')
        self.assertEqual(sha256_of(self.path), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')


class TestNames(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def test_missing_and_unexpected_names_are_all_listed(self):
        _, checkpoint = random_toto1(self.folder.name)
        names = [name for name in checkpoint.file.names() if not name.endswith('layers.2.attention.wO.weight')] + ['model.surprise']
        with self.assertRaises(CheckpointError) as caught:
            match_names(TOTO1, [name for name in names if name != 'model.unembed.bias'])
        for line in ('missing: unembed.bias', 'missing: layer.out.weight of transformer.layers.2', 'unexpected: model.surprise'):
            self.assertIn(line, str(caught.exception))
        self.assertNotIn('layers.1', str(caught.exception))

    def test_buffers_that_follow_from_the_configuration_are_ignored(self):
        _, checkpoint = random_toto1(self.folder.name)
        match_names(TOTO1, [*checkpoint.file.names(), 'model.transformer.rotary_emb.freqs', 'model.transformer.layers.0.attention.rotary_emb.scale'])

    def test_an_empty_file_and_one_of_the_other_generation_are_told_apart(self):
        _, checkpoint = random_toto2(self.folder.name)
        self.assertRaisesRegex(CheckpointError, 'missing: layer.qkv.weight', match_names, TOTO1, [])
        self.assertRaisesRegex(CheckpointError, 'unexpected: patch_embed.hidden_layer.weight', match_names, TOTO1, checkpoint.file.names())

    def test_layers_come_in_the_order_of_their_numbers(self):
        _, checkpoint = random_toto2(self.folder.name, layers=12)
        self.assertEqual(checkpoint.layer_names, [f'layers.{index}' for index in range(12)])

    def test_nested_groups_and_variate_layers_are_recognised_by_name(self):
        _, checkpoint = random_toto2(self.folder.name)
        kinds = ('time_layers.0.', 'variate_layer.')
        places = {f'layers.{index}.': f'groups.{index // 2}.{kinds[index % 2]}' for index in range(4)}
        tensors = {}
        for name in checkpoint.file.names():
            place = next((prefix for prefix in places if name.startswith(prefix)), None)
            tensors['model.' + (places[place] + name[len(place) :] if place else name)] = checkpoint.file.tensor(name)
        path = f'{self.folder.name}/nested.safetensors'
        write_safetensors(path, tensors)
        nested = open_checkpoint(path, TOTO2)
        self.assertEqual(shape_of(nested).variate, (False, True, False, True))
        row = torch.randn(1, 512)
        self.assertTrue(torch.equal(Toto2(nested)(row), Toto2(checkpoint)(row)))

    def test_single_projections_equal_the_joint_one(self):
        _, checkpoint = random_toto2(self.folder.name)
        tensors = {}
        for name in checkpoint.file.names():
            tensor = checkpoint.file.tensor(name)
            parts = ('q_proj', 'k_proj', 'v_proj') if '.qkv.' in name else ('gate_proj', 'up_proj') if '.w12.' in name else None
            if parts:
                tensors.update(zip([name.replace('qkv', part).replace('w12', part) for part in parts], tensor.chunk(len(parts))))
            else:
                tensors[name.replace('.w3.', '.down_proj.')] = tensor
        path = f'{self.folder.name}/single.safetensors'
        write_safetensors(path, tensors)
        row = torch.randn(1, 512)
        self.assertTrue(torch.equal(Toto2(open_checkpoint(path, TOTO2))(row), Toto2(checkpoint)(row)))

    def test_a_table_of_names_goes_before_the_expected_ones(self):
        _, checkpoint = random_toto2(self.folder.name)
        odd = {'patch_embed.hidden_layer.bias': 'odd_one', 'layers.1.mlp.w3.weight': 'other'}
        renamed = {name: odd.get(name, name) for name in checkpoint.file.names()}
        path, table = f'{self.folder.name}/odd.safetensors', f'{self.folder.name}/names.json'
        write_safetensors(path, {new: checkpoint.file.tensor(old) for old, new in renamed.items()})
        self.assertRaisesRegex(CheckpointError, 'odd_one', open_checkpoint, path, TOTO2)
        Path(table).write_text(json.dumps({'embed.hidden.bias': 'odd_one', 'layer.1.down.weight': 'other'}))
        row = torch.randn(1, 512)
        self.assertTrue(torch.equal(Toto2(open_checkpoint(path, TOTO2, names=table))(row), Toto2(checkpoint)(row)))

    def test_a_table_that_names_what_the_file_lacks_is_refused(self):
        random_toto2(self.folder.name)
        table = Path(self.folder.name) / 'names.json'
        table.write_text(json.dumps({'embed.hidden.bias': 'nowhere'}))
        weights = f'{self.folder.name}/model.safetensors'
        self.assertRaisesRegex(CheckpointError, 'nowhere', open_checkpoint, weights, TOTO2, None, table)
        table.write_text(json.dumps({'embed.colour': 'patch_embed.hidden_layer.bias'}))
        self.assertRaisesRegex(CheckpointError, 'embed.colour', open_checkpoint, weights, TOTO2, None, table)
        table.write_text('[1]')
        self.assertRaisesRegex(CheckpointError, 'JSON object', open_checkpoint, weights, TOTO2, None, table)
        table.write_text('{')
        self.assertRaisesRegex(CheckpointError, 'readable JSON', open_checkpoint, weights, TOTO2, None, table)

    def test_a_shape_that_does_not_fit_names_the_weight(self):
        _, checkpoint = random_toto2(self.folder.name)
        tensors = {name: checkpoint.file.tensor(name) for name in checkpoint.file.names()}
        tensors['layers.1.attn.out_proj.weight'] = torch.zeros(8, 8)
        path = f'{self.folder.name}/bent.safetensors'
        write_safetensors(path, tensors)
        self.assertRaisesRegex(CheckpointError, r'layer.out.weight of layers.1 has the shape \[8, 8\]', shape_of, open_checkpoint(path, TOTO2))


class TestLayouts(unittest.TestCase):
    def test_every_layout_is_brought_to_the_same_order(self):
        heads, head, width = 3, 4, 12
        ordered = torch.randn(3, heads, head, width)
        bias = torch.randn(3, heads, head)
        for layout, order in (('3 heads head_size', (0, 1, 2)), ('3 head_size heads', (0, 2, 1)), ('heads 3 head_size', (1, 0, 2))):
            weight = ordered.permute(*order, 3).reshape(3 * width, width)
            back, back_bias = reorder_joint(weight, bias.permute(*order).reshape(-1), heads, layout)
            self.assertTrue(torch.equal(back, ordered.reshape(3 * width, width)))
            self.assertTrue(torch.equal(back_bias, bias.reshape(-1)))


if __name__ == '__main__':
    unittest.main()
