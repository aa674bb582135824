"""The functions of jax.numpy that generated code uses; the names are those of the documentation of jax.numpy."""
import functools

import numpy as np

_FUNCTIONS = """
    abs arange arccos arcsin arctan array asarray broadcast_to cos cosh diag einsum exp expm1 full log log1p logaddexp max maximum min minimum
    ones_like power prod reshape sign sin sinh sqrt sum tan tanh where zeros zeros_like
"""
_LINALG = "det eigh eigvalsh inv slogdet solve svd"
nan = np.nan


class Array(np.ndarray):
    """An array that cannot be written to, nor become a number or a truth value of Python's own, as under jax.jit."""

    def __setitem__(self, index, value):
        raise TypeError("JAX arrays are immutable and do not support in-place item assignment.")

    def _concretized(self, *_):
        raise TypeError("Attempted to convert a traced array to a concrete value of Python.")

    __bool__ = __float__ = __int__ = __index__ = __complex__ = _concretized
    # An operation in place makes another array.
    __iadd__ = __isub__ = __imul__ = __itruediv__ = __ipow__ = __imatmul__ = lambda self, other: NotImplemented

    @property
    def at(self):
        return _At(self)


class _At:
    def __init__(self, array):
        self.array = array

    def __getitem__(self, index):
        return _Place(self.array, index)


class _Place:
    def __init__(self, array, index):
        self.array, self.index = array, index

    def set(self, value):
        copy = np.array(self.array)
        copy[_plain(self.index)] = _plain(value)
        return copy.view(Array)


def _plain(x):
    if isinstance(x, tuple):
        return tuple(_plain(e) for e in x)
    return np.asarray(x) if isinstance(x, Array) else x


def _wrapped(x):
    if isinstance(x, tuple):
        return tuple(_wrapped(e) for e in x)
    return np.asarray(x).view(Array)


def _strict(name, function):
    @functools.wraps(function)
    def call(*arguments, **options):
        if name not in ("array", "asarray") and any(isinstance(a, list) for a in arguments):
            raise TypeError(f"{name} requires ndarray or scalar arguments, got list.")
        return _wrapped(function(*map(_plain, arguments), **options))

    return call


class linalg:
    pass


for _name in _FUNCTIONS.split():
    globals()[_name] = _strict(_name, getattr(np, _name))
for _name in _LINALG.split():
    setattr(linalg, _name, staticmethod(_strict(_name, getattr(np.linalg, _name))))
