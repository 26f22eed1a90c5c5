"""How the weights are called in the published files: the one place to change when a file calls them differently.

Each role has a regular expression for the name behind the optional prefix; `{layer}` stands for everything up to and
including the number of the layer. Roles that end in `?` may be absent.
"""
import re

from restated.safetensors_file import CheckpointError

PREFIX = r'(?:(?:module|model|backbone|net|toto)\.)*'
LAYER = r'(?P<layer>(?:[a-z_]+\.)*?[a-z_]*(?:layer|block|group)[a-z_]*(?:\.\d+)?(?:\.[a-z_]*(?:layer|block)[a-z_]*(?:\.\d+)?)*)\.'

TOTO1 = {
    'embed.weight': r'patch_embed\.projection\.weight',
    'embed.bias': r'patch_embed\.projection\.bias',
    'layer.norm1.weight': r'{layer}norm1\.(?:scale|weight)',
    'layer.norm2.weight': r'{layer}norm2\.(?:scale|weight)',
    'layer.qkv.weight': r'{layer}attention\.wQKV\.weight',
    'layer.qkv.bias': r'{layer}attention\.wQKV\.bias',
    'layer.out.weight': r'{layer}attention\.wO\.weight',
    'layer.out.bias': r'{layer}attention\.wO\.bias',
    'layer.joint.weight': r'{layer}mlp\.0\.(?:w12\.)?weight',
    'layer.joint.bias': r'{layer}mlp\.0\.(?:w12\.)?bias',
    'layer.down.weight': r'{layer}mlp\.(?:2|0\.w3)\.weight',
    'layer.down.bias': r'{layer}mlp\.(?:2|0\.w3)\.bias',
    'unembed.weight': r'unembed\.weight',
    'unembed.bias': r'unembed\.bias',
    'df.weight': r'output_distribution\.df\.weight',
    'df.bias': r'output_distribution\.df\.bias',
    'loc.weight': r'output_distribution\.loc_proj\.weight',
    'loc.bias': r'output_distribution\.loc_proj\.bias',
    'scale.weight': r'output_distribution\.scale_proj\.weight',
    'scale.bias': r'output_distribution\.scale_proj\.bias',
    'mixture.weight': r'output_distribution\.mixture_weights\.weight',
    'mixture.bias': r'output_distribution\.mixture_weights\.bias',
}

_EMBED = r'(?:patch_)?(?:embed|embedding|embedder|patch_embed|patch_proj|input_proj|input_embed)\w*\.(?:\w+\.)?'
_HEAD = r'(?:output|head|unembed|quantile|decoder|out_proj|lm_head)\w*\.(?:\w+\.)?'
_HIDDEN = r'(?:hidden|input|in|fc1|linear1|linear_1|up|w1|0)(?:_layer|_linear|_proj)?'
_OUTPUT = r'(?:output|out|fc2|linear2|linear_2|down|w2|2)(?:_layer|_linear|_proj)?'
_RESIDUAL = r'(?:residual|res|skip|shortcut)(?:_layer|_linear|_proj)?'
_ATTENTION = r'{layer}(?:self_)?(?:attn|attention)\w*\.'
_FEED = r'{layer}(?:mlp|ffn|ff|feed_forward|swiglu)\w*\.(?:\w+\.)?'

TOTO2 = {
    **{f'embed.hidden.{kind}': _EMBED + _HIDDEN + rf'\.{kind}' for kind in ('weight', 'bias')},
    **{f'embed.output.{kind}': _EMBED + _OUTPUT + rf'\.{kind}' for kind in ('weight', 'bias')},
    **{f'embed.residual.{kind}': _EMBED + _RESIDUAL + rf'\.{kind}' for kind in ('weight', 'bias')},
    **{f'head.hidden.{kind}': _HEAD + _HIDDEN + rf'\.{kind}' for kind in ('weight', 'bias')},
    **{f'head.output.{kind}': _HEAD + _OUTPUT + rf'\.{kind}' for kind in ('weight', 'bias')},
    **{f'head.residual.{kind}': _HEAD + _RESIDUAL + rf'\.{kind}' for kind in ('weight', 'bias')},
    'layer.qkv.weight?': _ATTENTION + r'(?:w?qkv|in_proj|to_qkv|qkv_linear)(?:_proj)?\.weight',
    'layer.qkv.bias?': _ATTENTION + r'(?:w?qkv|in_proj|to_qkv|qkv_linear)(?:_proj)?\.bias',
    **{f'layer.{part}.{kind}?': _ATTENTION + rf'(?:{part}|w{part}|to_{part}|{word})(?:_proj|_linear)?\.{kind}'
       for part, word in (('q', 'query'), ('k', 'key'), ('v', 'value')) for kind in ('weight', 'bias')},
    'layer.out.weight': _ATTENTION + r'(?:w?o|out|to_out|output)(?:_proj|_linear)?\.(?:0\.)?weight',
    'layer.out.bias?': _ATTENTION + r'(?:w?o|out|to_out|output)(?:_proj|_linear)?\.(?:0\.)?bias',
    'layer.query_scale': _ATTENTION + r'(?:\w+\.)?(?:per_dim_scale|per_dimension_scale|query_scale|q_scale)(?:\.\w+)?',
    'layer.joint.weight?': _FEED + r'(?:w12|gate_up|up_gate|w_in|linear_in|in)(?:_proj)?\.weight',
    'layer.gate.weight?': _FEED + r'(?:w1|gate|linear_gate|w_gate)(?:_proj)?\.weight',
    'layer.up.weight?': _FEED + r'(?:w2|up|linear_1|w_up)(?:_proj)?\.weight',
    'layer.down.weight': _FEED + r'(?:w3|down|linear_2|w_down|w_out|out)(?:_proj)?\.weight',
    'layer.attention_tau?': r'{layer}(?:\w+\.)?(?:attn_tau|tau_attn|attention_tau|tau_attention|tau1|attn_residual\.tau|attn\.tau)',
    'layer.feed_tau?': r'{layer}(?:\w+\.)?(?:mlp_tau|ffn_tau|ff_tau|tau_mlp|tau_ffn|tau2|mlp_residual\.tau|mlp\.tau)',
}

# Buffers that follow from the configuration.
IGNORED = re.compile(r'(?:.*\.)?(?:rotary_emb\w*|rope|scaler)\..*|.*\.(?:inv_freq|freqs|cached_\w+)|(?:.*\.)?(?:target|exogenous)_variates_label')


def match_names(table, names, given=None):
    """Sort the names of a file by role: {role: name} for the single ones, and layer by layer in order.

    `given` ({"role": "name"}, layers as "layer.3.qkv.weight") goes before the table.
    Returns (single, layers, layer_names); a CheckpointError lists what is missing and what nobody expected.
    """
    given = given or {}
    _check_given(given, table, names)
    single, layers, unexpected = {}, {}, []
    patterns = {role: re.compile(PREFIX + pattern.replace('{layer}', LAYER)) for role, pattern in table.items()}
    taken = set(given.values())
    for name in names:
        found = next(((role, match) for role, pattern in patterns.items() if (match := pattern.fullmatch(name))), None)
        if name in taken or IGNORED.fullmatch(name):
            continue
        if found is None:
            unexpected.append(name)
        elif found[0].startswith('layer.'):
            layers.setdefault(found[1].group('layer'), {})[found[0].rstrip('?')] = name
        else:
            single[found[0]] = name
    _apply_given(given, single, layers)
    ordered = sorted(layers, key=_natural)
    missing = _missing(table, single, [layers[key] for key in ordered], ordered)
    if missing or unexpected:
        raise CheckpointError(_complaint(missing, unexpected))
    return single, [layers[key] for key in ordered], ordered


def _check_given(given, table, names):
    roles = {role.rstrip('?') for role in table}
    for role, name in given.items():
        if re.sub(r'^layer\.\d+\.', 'layer.', role) not in roles:
            raise CheckpointError(f'The table of names gives a role {role} that there is not; the roles are in restated/names.py.')
        if name not in names:
            raise CheckpointError(f'The table of names says that {role} is called {name}, which is not in the file.')


def _apply_given(given, single, layers):
    for role, name in given.items():
        match = re.fullmatch(r'layer\.(\d+)\.(.+)', role)
        if match:
            layers.setdefault(f'layers.{match[1]}', {})[f'layer.{match[2]}'] = name
        else:
            single[role] = name


def _natural(text):
    return [(1, int(part), '') if part.isdigit() else (0, 0, part) for part in re.split(r'(\d+)', text)]


def _missing(table, single, layers, keys):
    needed = [role for role in table if not role.endswith('?')]
    missing = [role for role in needed if not role.startswith('layer.') and role not in single]
    per_layer = [role for role in needed if role.startswith('layer.')]
    if not layers:
        return missing + per_layer
    return missing + [f'{role} of {key}' for key, layer in zip(keys, layers) for role in per_layer if role not in layer]


def _complaint(missing, unexpected):
    lines = ['The weights in this file are not called as expected (see restated/names.py, or name them with --names FILE.json).']
    lines += [f'  missing: {role}' for role in missing] + [f'  unexpected: {name}' for name in unexpected]
    return '\n'.join(lines)
