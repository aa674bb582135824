"""Modules that `import jax` alone does not load."""
