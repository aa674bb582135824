"""A stand-in for JAX: what generated code uses of it, over NumPy, as strict as JAX is under jit."""
from jax import nn, numpy


class _Config:
    def update(self, name, value):
        if name != "jax_enable_x64":
            raise AttributeError(f"Unrecognized config option: {name}")


config = _Config()
