"""A published checkpoint: weights by role, and the configuration beside them."""
import json
from pathlib import Path

from restated.names import match_names
from restated.safetensors_file import CheckpointError, SafetensorsFile


class Checkpoint:
    """Weights of a file by role; layers in order, with the name each has in the file."""

    def __init__(self, file, table, config=None, given=None):
        self.file = file
        self.config = config or {}
        self.single, self.layers, self.layer_names = match_names(table, file.names(), given)

    def tensor(self, role, layer=None):
        """The weights of a role as float32, or None where an optional one is absent."""
        name = (self.single if layer is None else self.layers[layer]).get(role)
        return None if name is None else self.file.tensor(name)

    def shape(self, role, layer=None):
        name = (self.single if layer is None else self.layers[layer]).get(role)
        return None if name is None else self.file.shape(name)

    def setting(self, keys, default):
        """The first of several spellings that the configuration has, also one level down."""
        nested = [value for value in self.config.values() if isinstance(value, dict)]
        for key in keys:
            for place in [self.config, *nested]:
                if isinstance(place.get(key), (int, float)):
                    return place[key]
        return default

    def expect(self, role, shape, layer=None):
        actual = self.shape(role, layer)
        if actual is not None and tuple(actual) != tuple(shape):
            where = role if layer is None else f'{role} of {self.layer_names[layer]}'
            raise CheckpointError(f'{where} has the shape {list(actual)} where {list(shape)} was expected: choose the --model that the file is of.')


def open_checkpoint(weights, table, config=None, names=None):
    """Open model.safetensors with config.json (beside it when not named) and an optional table of names."""
    weights = Path(weights)
    beside = weights.parent / 'config.json'
    settings = _read_json(config) if config else _read_json(beside) if beside.exists() else {}
    return Checkpoint(SafetensorsFile(weights), table, settings, _read_json(names) if names else None)


def _read_json(path):
    try:
        content = json.loads(Path(path).read_text(encoding='utf-8'))
    except (OSError, ValueError) as error:
        raise CheckpointError(f'{path} is not a readable JSON file: {error}') from error
    if not isinstance(content, dict):
        raise CheckpointError(f'{path} does not hold a JSON object.')
    return content
