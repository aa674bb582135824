"""The functions of jax.scipy.special that generated code uses."""
import math

import numpy as np

from jax import numpy as jnp


def erf(x):
    return jnp.asarray(np.vectorize(math.erf, otypes=[float])(np.asarray(x)))
