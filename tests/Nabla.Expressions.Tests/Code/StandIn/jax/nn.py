"""The functions of jax.nn that generated code uses."""
from jax import numpy as jnp


def sigmoid(x):
    e = jnp.exp(-jnp.abs(x))
    return jnp.where(x >= 0, 1.0, e) / (1 + e)
