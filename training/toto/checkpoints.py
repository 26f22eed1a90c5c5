"""Checkpoints with random weights for the tests, written as the published files are."""
import json
import os
from pathlib import Path

import torch

from reference.toto1_reference import Toto1Reference
from reference.toto2_reference import Toto2Reference
from restated.checkpoint import Checkpoint
from restated.names import TOTO1, TOTO2
from restated.safetensors_file import SafetensorsFile, write_safetensors

torch.set_num_threads(int(os.environ.get('AIDOG_TOTO_THREADS', '1')))

SMALL_TOTO1 = {'width': 48, 'layers': 4, 'heads': 4, 'hidden': 64, 'patch': 64, 'components': 24, 'every': 4}
SMALL_TOTO2 = {'width': 32, 'layers': 4, 'head': 16, 'hidden': 40, 'mlp': 64, 'patch': 32, 'group': 2}


def random_toto1(folder, seed=0, **sizes):
    """(reference, its checkpoint) of Toto 1.0 in `folder`."""
    torch.manual_seed(seed)
    sizes = {**SMALL_TOTO1, **sizes}
    reference = Toto1Reference(**sizes).eval()
    path = Path(folder) / 'model.safetensors'
    write_safetensors(path, {f'model.{name}': tensor for name, tensor in reference.state_dict().items()})
    config = {'num_heads': sizes['heads'], 'spacewise_every_n_layers': sizes['every'], 'spacewise_first': False}
    (Path(folder) / 'config.json').write_text(json.dumps(config))
    return reference, Checkpoint(SafetensorsFile(path), TOTO1, config)


def random_toto2(folder, seed=0, **sizes):
    """(reference, its checkpoint) of Toto 2.0 in `folder`."""
    torch.manual_seed(seed)
    sizes = {**SMALL_TOTO2, **sizes}
    reference = Toto2Reference(**sizes).eval()
    return reference, save_toto2(folder, reference, sizes['group'])


def save_toto2(folder, reference, group):
    path = Path(folder) / 'model.safetensors'
    write_safetensors(path, reference.state_dict())
    config = {'layer_group_size': group}
    (Path(folder) / 'config.json').write_text(json.dumps(config))
    return Checkpoint(SafetensorsFile(path), TOTO2, config)
