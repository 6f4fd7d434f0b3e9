"""Targets and benchmarks: what is aimed at, how likely it is, and how others do."""
