"""Measurements with budgets: one module each, with `measure()`; run by `dev/bench`."""
